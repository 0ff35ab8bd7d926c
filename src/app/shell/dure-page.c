/* dure-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-page.h"

typedef struct
{
  DureDesk *desk;
} DurePagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DurePage, dure_page, ADW_TYPE_BIN)

static void
dure_page_dispose (GObject *object)
{
  DurePagePrivate *priv = dure_page_get_instance_private (DURE_PAGE (object));

  g_clear_object (&priv->desk);
  G_OBJECT_CLASS (dure_page_parent_class)->dispose (object);
}

static void
dure_page_class_init (DurePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_page_dispose;
}

static void
dure_page_init (DurePage *self)
{
}

/**
 * dure_page_set_desk:
 * @desk: the open store
 *
 * Called once by the window, right after the page was made.
 */
void
dure_page_set_desk (DurePage *self, DureDesk *desk)
{
  DurePagePrivate *priv = dure_page_get_instance_private (self);

  g_return_if_fail (DURE_IS_PAGE (self));
  g_return_if_fail (DURE_IS_DESK (desk));

  if (g_set_object (&priv->desk, desk) && DURE_PAGE_GET_CLASS (self)->desk_set != NULL)
    DURE_PAGE_GET_CLASS (self)->desk_set (self);
}

/**
 * dure_page_get_desk:
 *
 * Returns: (transfer none) (nullable): the desk; %NULL before dure_page_set_desk() and after disposal
 */
DureDesk *
dure_page_get_desk (DurePage *self)
{
  DurePagePrivate *priv = dure_page_get_instance_private (self);

  g_return_val_if_fail (DURE_IS_PAGE (self), NULL);

  return priv->desk;
}

/** dure_page_activate: tells the page that it came to the front. */
void
dure_page_activate (DurePage *self)
{
  g_return_if_fail (DURE_IS_PAGE (self));

  if (DURE_PAGE_GET_CLASS (self)->activate != NULL)
    DURE_PAGE_GET_CLASS (self)->activate (self);
}

/** dure_page_make: makes what the page is about; nothing for a page that makes nothing. */
void
dure_page_make (DurePage *self)
{
  g_return_if_fail (DURE_IS_PAGE (self));

  if (DURE_PAGE_GET_CLASS (self)->make != NULL)
    DURE_PAGE_GET_CLASS (self)->make (self);
}

/** dure_page_search: puts the cursor into the page's search. */
void
dure_page_search (DurePage *self)
{
  g_return_if_fail (DURE_IS_PAGE (self));

  if (DURE_PAGE_GET_CLASS (self)->search != NULL)
    DURE_PAGE_GET_CLASS (self)->search (self);
}

/**
 * dure_page_open:
 * @id: id of the record
 *
 * Returns: %FALSE when the page does not show this entity
 */
gboolean
dure_page_open (DurePage *self, DureEntityId entity, const char *id)
{
  g_return_val_if_fail (DURE_IS_PAGE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (DURE_PAGE_GET_CLASS (self)->open == NULL)
    return FALSE;
  return DURE_PAGE_GET_CLASS (self)->open (self, entity, id);
}

/** dure_page_home: shows what the page begins with. */
void
dure_page_home (DurePage *self)
{
  g_return_if_fail (DURE_IS_PAGE (self));

  if (DURE_PAGE_GET_CLASS (self)->home != NULL)
    DURE_PAGE_GET_CLASS (self)->home (self);
}

/**
 * dure_page_header_start:
 *
 * Returns: (transfer none) (nullable): the page's widget for the start of the header bar
 */
GtkWidget *
dure_page_header_start (DurePage *self)
{
  g_return_val_if_fail (DURE_IS_PAGE (self), NULL);

  if (DURE_PAGE_GET_CLASS (self)->header_start == NULL)
    return NULL;
  return DURE_PAGE_GET_CLASS (self)->header_start (self);
}

/**
 * dure_page_header_end:
 *
 * Returns: (transfer none) (nullable): the page's widget for the end of the header bar
 */
GtkWidget *
dure_page_header_end (DurePage *self)
{
  g_return_val_if_fail (DURE_IS_PAGE (self), NULL);

  if (DURE_PAGE_GET_CLASS (self)->header_end == NULL)
    return NULL;
  return DURE_PAGE_GET_CLASS (self)->header_end (self);
}

/**
 * dure_page_where:
 *
 * Returns: (transfer full) (nullable): what dure_page_open() comes back to, as `ENTITY/ID`
 */
char *
dure_page_where (DurePage *self)
{
  g_return_val_if_fail (DURE_IS_PAGE (self), NULL);

  if (DURE_PAGE_GET_CLASS (self)->where == NULL)
    return NULL;
  return DURE_PAGE_GET_CLASS (self)->where (self);
}
