/* dure-network-sentences.c: what the sentences are made with, and those about groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-sentences-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/dure-hangul.h"

#define NAMES_MOST 5
/* An index that differs by less from what sizes alone would give says nothing. */
#define CLEARLY 0.1
/* In a group smaller than this one tie more or less changes everything. */
#define SMALL_GROUP 3

/** dure_network_sentence_free: (transfer full) (nullable). */
void
dure_network_sentence_free (DureNetworkSentence *self)
{
  if (self == NULL)
    return;
  g_free (self->heading);
  g_free (self->value);
  g_free (self->sentence);
  g_free (self->caution);
  g_clear_pointer (&self->nodes, g_array_unref);
  g_free (self);
}

/**
 * dure_sentence_add:
 * @out: (element-type DureNetworkSentence): where it goes
 * @key: what it is of; a literal
 * @heading: in the user's language
 * @term: (nullable): technical name; lives as long as the program
 * @value_format: the value
 *
 * Returns: (transfer none): what was added, still to be filled with dure_sentence_say()
 */
DureNetworkSentence *
dure_sentence_add (
    GPtrArray *out, const char *key, const char *heading, const char *term, const char *value_format, ...)
{
  DureNetworkSentence *self = g_new0 (DureNetworkSentence, 1);
  va_list              arguments;

  self->key = key;
  self->heading = g_strdup (heading);
  self->term = term;
  va_start (arguments, value_format);
  self->value = g_strdup_vprintf (value_format, arguments);
  va_end (arguments);
  g_ptr_array_add (out, self);
  return self;
}

/** dure_sentence_say: what it means; said again, a second sentence follows the first. */
void
dure_sentence_say (DureNetworkSentence *self, const char *format, ...)
{
  g_autofree char *before = g_steal_pointer (&self->sentence);
  g_autofree char *plain = NULL;
  g_autofree char *whole = NULL;
  va_list          arguments;

  va_start (arguments, format);
  plain = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  whole = dure_hangul_particles (plain);
  self->sentence = before != NULL ? g_strjoin (" ", before, whole, NULL) : g_steal_pointer (&whole);
}

/** dure_sentence_warn: one more caution. */
void
dure_sentence_warn (DureNetworkSentence *self, const char *text)
{
  g_autofree char *before = g_steal_pointer (&self->caution);

  self->caution = before != NULL ? g_strjoin (" ", before, text, NULL) : g_strdup (text);
}

/** dure_sentence_about: one more agency that the sentence is about. */
void
dure_sentence_about (DureNetworkSentence *self, guint node)
{
  if (self->nodes == NULL)
    self->nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->nodes, node);
}

/**
 * dure_sentence_names:
 * @network: a network
 * @nodes: (nullable) (element-type guint): some of its agencies
 *
 * Returns: (transfer full): their names, the first few when there are many
 */
char *
dure_sentence_names (const DureNetwork *network, const GArray *nodes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = nodes != NULL ? nodes->len : 0;
  guint shown = n > NAMES_MOST + 1 ? NAMES_MOST : n;

  for (guint i = 0; i < shown; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", network->nodes[g_array_index (nodes, guint, i)].name);
  if (shown < n)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (
          text, g_dngettext (GETTEXT_PACKAGE, "and %u more agency", "and %u more agencies", n - shown), n - shown);
    }
  return g_strdup (text->str);
}

/** dure_band_label: (transfer none): a band in the user's language. */
const char *
dure_band_label (DureBand band)
{
  switch (band)
    {
    case DURE_BAND_HIGH:
      return C_ ("band", "High");
    case DURE_BAND_MIDDLE:
      return C_ ("band", "Middle");
    case DURE_BAND_LOW:
    default:
      return C_ ("band", "Low");
    }
}

/**
 * dure_network_reciprocity:
 * @network: a network
 *
 * Returns: of the directions in which agencies refer people, the share that is answered by referrals the other way;
 *   NaN when there are no referrals
 */
double
dure_network_reciprocity (const DureNetwork *network)
{
  guint ways = 0;
  guint answered = 0;

  for (guint i = 0; i < network->n_ties; i++)
    {
      const DureNetworkTie *tie = &network->ties[i];

      ways += (tie->sent > 0 ? 1 : 0) + (tie->returned > 0 ? 1 : 0);
      answered += tie->sent > 0 && tie->returned > 0 ? 2 : 0;
    }
  return ways > 0 ? answered / (double)ways : NAN;
}

static void
say_whole (GPtrArray *out, const DureGroups *groups)
{
  DureNetworkSentence *one = dure_sentence_add (out, "ei", _ ("Ties inside and outside the groups"),
                                                _ ("E–I index (Krackhardt–Stern)"), "%+.2f", groups->whole_ei);

  dure_sentence_say (one, _ ("%1$u ties stay inside a group and %2$u lead to another group."), groups->n_internal,
                     groups->n_external);
  if (!isnan (groups->expected_ei))
    {
      dure_sentence_say (one, _ ("The sizes of the groups alone would give %+.2f."), groups->expected_ei);
      if (groups->whole_ei < groups->expected_ei - CLEARLY)
        dure_sentence_say (one, _ ("The groups keep more to themselves than that."));
      else if (groups->whole_ei > groups->expected_ei + CLEARLY)
        dure_sentence_say (one, _ ("The groups work across more than that."));
      else
        dure_sentence_say (one, _ ("The groups make hardly any difference."));
    }
  dure_sentence_warn (one, _ ("−1: all ties stay inside, +1: all lead outside."));
}

static void
say_group (GPtrArray *out, const DureGroups *groups, const char *name, guint g)
{
  guint                inside = groups->internal[g];
  guint                outside = groups->external[g];
  DureNetworkSentence *one;

  one = dure_sentence_add (out, "group", name, _ ("E–I index (Krackhardt–Stern)"), _ ("inside %1$u · outside %2$u"),
                           inside, outside);
  dure_sentence_say (one, g_dngettext (GETTEXT_PACKAGE, "%u agency.", "%u agencies.", groups->size[g]),
                     groups->size[g]);
  if (inside + outside == 0)
    dure_sentence_say (one, _ ("None of them has a tie on record."));
  else if (groups->size[g] == 1)
    dure_sentence_say (
        one,
        g_dngettext (GETTEXT_PACKAGE, "It has %u tie to another group.", "It has %u ties to other groups.", outside),
        outside);
  else if (inside == 0)
    dure_sentence_say (one, _ ("They work with other groups only, not with each other."));
  else if (outside == 0)
    dure_sentence_say (one, _ ("They work with each other only, with no other group."));
  else if (inside > outside)
    dure_sentence_say (one, _ ("They work more with each other than with other groups."));
  else
    dure_sentence_say (one, _ ("They work more with other groups than with each other."));
  if (groups->size[g] < SMALL_GROUP && inside + outside > 0)
    dure_sentence_warn (one, _ ("In a group this small one tie more or less changes the picture."));
}

/**
 * dure_network_sentences_groups:
 * @groups: what the ties say about groups
 * @group_names: (array zero-terminated=1): their names
 *
 * Returns: (transfer full) (element-type DureNetworkSentence): one for all groups together, where there are two or more
 *   with ties, then one a group in their order; groups without agencies are left out
 */
GPtrArray *
dure_network_sentences_groups (const DureGroups *groups, const char *const *group_names)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_network_sentence_free);

  if (!isnan (groups->whole_ei) && groups->n_groups > 1)
    say_whole (out, groups);
  for (guint g = 0; g < groups->n_groups; g++)
    if (groups->size[g] > 0)
      say_group (out, groups, group_names[g], g);
  return out;
}
