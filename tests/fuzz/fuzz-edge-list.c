/* fuzz-edge-list.c: any bytes at all as an edge list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read must be UTF-8, and written again must read back as the same network.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz-fixture.h"
#include "graph/dure-edge-list.h"

static void
check_read_back (const DureEdgeList *list)
{
  g_autoptr (GString) text = g_string_new ("\n");
  g_autoptr (DureEdgeList) again = NULL;
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint v = 0; v < list->n_nodes; v++)
    g_string_append_printf (text, "%s %s\n", list->ids[v], list->ids[v]);
  for (guint t = 0; t < list->graph->n_ties; t++)
    {
      const DureGraphTie *tie = &list->graph->ties[t];

      if (tie->weight > DURE_EDGE_LIST_WEIGHT)
        return;
      g_string_append_printf (text, "%s %s %s\n", list->ids[tie->a], list->ids[tie->b],
                              g_ascii_dtostr (weight, sizeof weight, tie->weight));
    }
  again = dure_edge_list_parse (text->str, text->len, "again", NULL);
  if (again == NULL || again->n_nodes != list->n_nodes || again->graph->n_ties != list->graph->n_ties)
    abort ();
  for (guint v = 0; v < list->n_nodes; v++)
    if (strcmp (list->ids[v], again->ids[v]) != 0)
      abort ();
  for (guint t = 0; t < list->graph->n_ties; t++)
    if (memcmp (&list->graph->ties[t], &again->graph->ties[t], sizeof (DureGraphTie)) != 0)
      abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureEdgeList) list = dure_edge_list_parse ((const char *)data, size, "fuzz", &error);
  gsize longest = 0;

  if ((list == NULL) != (error != NULL))
    abort ();
  if (list == NULL)
    return 0;
  for (guint v = 0; v < list->n_nodes; v++)
    {
      longest = MAX (longest, strlen (list->ids[v]));
      if (list->ids[v][0] == '\0' || !g_utf8_validate (list->ids[v], -1, NULL))
        abort ();
    }
  /* Two names of nearly a line each could not stand in one line with themselves. */
  if (longest * 2 + 32 <= DURE_EDGE_LIST_LINE)
    check_read_back (list);
  return 0;
}
