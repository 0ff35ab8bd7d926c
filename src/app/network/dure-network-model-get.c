/* dure-network-model-get.c: what the model has to show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-model-private.h"

/**
 * dure_network_model_get_loading:
 * @self: a model
 *
 * Returns: whether a reading is under way
 */
gboolean
dure_network_model_get_loading (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * dure_network_model_get_progress:
 * @self: a model
 *
 * Returns: how far the layout has come, 0 to 1
 */
double
dure_network_model_get_progress (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), 0);

  return self->permille != NULL ? g_atomic_int_get (self->permille) / 1000.0 : 0;
}

/**
 * dure_network_model_get_view:
 * @self: a model
 *
 * Returns: (transfer none): what is shown and how
 */
const DureNetworkView *
dure_network_model_get_view (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->view;
}

/**
 * dure_network_model_get_saved:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): id of the saved view that is shown
 */
const char *
dure_network_model_get_saved (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->saved;
}

/**
 * dure_network_model_get_network:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the network; %NULL until it was read
 */
DureNetwork *
dure_network_model_get_network (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->picture != NULL ? self->picture->network : NULL;
}

/**
 * dure_network_model_get_everybody:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): all agencies of the register without their ties, whatever the filter
 */
DureNetwork *
dure_network_model_get_everybody (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->picture != NULL ? self->picture->everybody : NULL;
}

/**
 * dure_network_model_get_places:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): where its agencies stand
 */
const DureNetworkPlaces *
dure_network_model_get_places (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->picture != NULL ? self->picture->places : NULL;
}

/**
 * dure_network_model_get_cuts:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): whose absence would split it
 */
const DureCuts *
dure_network_model_get_cuts (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->picture != NULL ? self->picture->cuts : NULL;
}

/**
 * dure_network_model_get_analysis:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): its measures; %NULL until they are computed, and while periods are compared
 */
DureAnalysis *
dure_network_model_get_analysis (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->measures != NULL ? self->measures->analysis : self->picture != NULL ? self->picture->analysis : NULL;
}

/**
 * dure_network_model_get_cut_off:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): of each agency, how many would be cut off without it
 */
const guint *
dure_network_model_get_cut_off (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->measures != NULL ? self->measures->cut_off : NULL;
}

/**
 * dure_network_model_get_comparison:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): what is new and what is lost, while two periods are shown
 */
const DureNetworkComparison *
dure_network_model_get_comparison (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->picture != NULL ? self->picture->comparison : NULL;
}

/**
 * dure_network_model_get_months:
 * @self: a model
 *
 * Returns: (transfer none) (nullable) (element-type DureNetworkMonth): what is on record month by month
 */
GArray *
dure_network_model_get_months (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->months;
}

/**
 * dure_network_model_get_groups:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): ties inside the groups of the view and between them
 */
const DureGroups *
dure_network_model_get_groups (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->measures != NULL ? self->measures->groups : NULL;
}

/**
 * dure_network_model_get_grouping:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the groups that dure_network_model_get_groups() counts
 */
const DureNetworkGrouping *
dure_network_model_get_grouping (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->measures != NULL ? self->measures->grouping : NULL;
}
