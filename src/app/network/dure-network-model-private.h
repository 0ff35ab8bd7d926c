/* dure-network-model-private.h: what the parts of DureNetworkModel share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-network-model.h"

G_BEGIN_DECLS

/** DureModelPicture: a network and where it stands; what the reader's thread hands back. */
typedef struct
{
  DureNetwork           *network;
  DureNetwork           *everybody; /* all agencies of the register, without ties */
  DureNetworkPlaces     *places;
  DureComponents        *components;
  DureCuts              *cuts;
  DureAnalysis          *analysis; /* NULL when the layout did not need it */
  DureNetworkComparison *comparison;
} DureModelPicture;

/** DureModelMeasures: what is computed when the picture is already shown. */
typedef struct
{
  DureAnalysis        *analysis;
  guint               *cut_off;
  GArray              *months;
  DureNetworkGrouping *grouping;
  DureGroups          *groups;
} DureModelMeasures;

/** DureModelWork: what goes to the reader's thread. */
typedef struct
{
  DureNetworkView   *view;
  char              *saved;
  gboolean           places_only;
  gboolean           comparing;
  gboolean           discreet;
  DureDaySpan        spans[2];
  DureNetwork       *old_network;
  DureNetwork       *everybody; /* NULL: the register has changed */
  DureNetworkPlaces *old_places;
  gboolean           same_picture; /* old places may be kept */
  DureAnalysis      *analysis;
  gboolean           with_months;
  int               *permille; /* how far the layout has come; an atomic box */
} DureModelWork;

struct _DureNetworkModel
{
  GObject parent_instance;

  DureDesk          *desk;
  DureNetworkView   *view;
  char              *saved;
  DureModelPicture  *picture; /* NULL until it was read */
  DureNetworkView   *shown;   /* the view that @picture was made for */
  DureModelMeasures *measures;
  GArray            *months; /* survives the measures: it does not depend on the period */
  gboolean           comparing;
  gboolean           discreet; /* persons without their names */
  DureDaySpan        spans[2];
  GCancellable      *cancellable;
  GCancellable      *measuring;
  int               *permille;
  guint              burst_source;
  guint              progress_source;
  gboolean           wanted;       /* somebody looks */
  gboolean           stale;        /* records have changed */
  gboolean           places_only;  /* of what has changed, only what is placed by hand matters */
  gboolean           months_stale; /* the slider must count again */
  gboolean           new_register; /* agencies have changed */
};

/* dure-network-model-work.c: runs on the reader's thread */
gpointer dure_model_make_picture (DureStore *store, gpointer data, GCancellable *cancellable, GError **error);
gpointer dure_model_measure (DureStore *store, gpointer data, GCancellable *cancellable, GError **error);
void     dure_model_work_free (gpointer data);
void     dure_model_picture_free (gpointer data);
void     dure_model_measures_free (gpointer data);

/* dure-network-model.c */
void dure_model_fail (DureNetworkModel *self, const char *sentence);
void dure_model_saved (DureNetworkModel *self, const char *id);

G_END_DECLS
