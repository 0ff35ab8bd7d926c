/* dure-meeting-trial.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-trial.h"

#include <glib/gi18n-lib.h>

#include "base/dure-hangul.h"

#define NAMES_MOST 3

DureMeetingTrial *
dure_meeting_trial_new (void)
{
  DureMeetingTrial *self = g_new0 (DureMeetingTrial, 1);

  self->absent = g_ptr_array_new_with_free_func (g_free);
  self->ties = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
copy_texts (GPtrArray *to, const GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

DureMeetingTrial *
dure_meeting_trial_copy (const DureMeetingTrial *self)
{
  DureMeetingTrial *copy = dure_meeting_trial_new ();

  copy_texts (copy->absent, self->absent);
  copy_texts (copy->ties, self->ties);
  return copy;
}

void
dure_meeting_trial_free (DureMeetingTrial *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->absent);
  g_ptr_array_unref (self->ties);
  g_free (self);
}

/** dure_meeting_trial_is_empty: whether things are as they are. */
gboolean
dure_meeting_trial_is_empty (const DureMeetingTrial *self)
{
  return self->absent->len == 0 && self->ties->len == 0;
}

void
dure_meeting_trial_clear (DureMeetingTrial *self)
{
  g_ptr_array_set_size (self->absent, 0);
  g_ptr_array_set_size (self->ties, 0);
}

gboolean
dure_meeting_trial_is_absent (const DureMeetingTrial *self, const char *id)
{
  return g_ptr_array_find_with_equal_func (self->absent, id, g_str_equal, NULL);
}

/** dure_meeting_trial_set_absent: @absent: whether the agency is supposed not to come. */
void
dure_meeting_trial_set_absent (DureMeetingTrial *self, const char *id, gboolean absent)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (self->absent, id, g_str_equal, &index))
    {
      if (absent)
        g_ptr_array_add (self->absent, g_strdup (id));
    }
  else if (!absent)
    g_ptr_array_remove_index (self->absent, index);
}

/** dure_meeting_trial_add_tie: the two are supposed to work together; once is enough. */
void
dure_meeting_trial_add_tie (DureMeetingTrial *self, const char *one, const char *two)
{
  for (guint i = 0; i + 1 < self->ties->len; i += 2)
    {
      const char *a = g_ptr_array_index (self->ties, i);
      const char *b = g_ptr_array_index (self->ties, i + 1);

      if ((g_str_equal (a, one) && g_str_equal (b, two)) || (g_str_equal (a, two) && g_str_equal (b, one)))
        return;
    }
  g_ptr_array_add (self->ties, g_strdup (one));
  g_ptr_array_add (self->ties, g_strdup (two));
}

static const char *
name_of (const DureNetwork *network, const char *id)
{
  guint node;

  return dure_network_find (network, id, &node) ? network->nodes[node].label : _ ("Not found");
}

/**
 * dure_meeting_trial_text:
 * @network: for the names
 *
 * Returns: (transfer full): what is supposed, in sentences
 */
char *
dure_meeting_trial_text (const DureMeetingTrial *self, const DureNetwork *network)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  const guint shown = self->absent->len > NAMES_MOST + 1 ? NAMES_MOST : self->absent->len;

  for (guint i = 0; i < shown; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name_of (network, g_ptr_array_index (self->absent, i)));
  if (shown < self->absent->len)
    {
      g_string_append_c (names, ' ');
      g_string_append_printf (names, _ ("and %u more agencies"), self->absent->len - shown);
    }
  if (self->absent->len > 0)
    {
      g_autofree char *sentence = dure_hangul_printf (_ ("%s does not come."), names->str);

      g_string_append (text, sentence);
    }
  g_string_truncate (names, 0);
  for (guint i = 0; i + 1 < self->ties->len; i += 2)
    g_string_append_printf (names, "%s%s – %s", i > 0 ? ", " : "", name_of (network, g_ptr_array_index (self->ties, i)),
                            name_of (network, g_ptr_array_index (self->ties, i + 1)));
  if (self->ties->len > 0)
    {
      g_autofree char *sentence = g_strdup_printf (_ ("Working together: %s."), names->str);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
    }
  return g_strdup (text->str);
}
