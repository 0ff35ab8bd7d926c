/* dure-body-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-body-check.h"

#include <glib/gi18n-lib.h>

#include "domain/dure-setting.h"
#include "domain/dure-term.h"

/* 사회보장급여법 제41조, 시행규칙 제5–7조; an ordinance may ask otherwise, then the setting of that name holds. */
static const struct
{
  const char *level;
  guint       least;
  guint       most;
  guint       chairs; /* with co-chairs */
  const char *article;
} rules[] = {
  { "representative", 10, 40, 2, N_ ("Social Security Benefits Act, Enforcement Rule, Art. 5") },
  { "working", 10, 40, 1, N_ ("Social Security Benefits Act, Enforcement Rule, Art. 6") },
  { "local", 10, 0, 2, N_ ("Social Security Benefits Act, Enforcement Rule, Art. 7") },
};

/** dure_body_check_free: frees the check. */
void
dure_body_check_free (DureBodyCheck *check)
{
  g_ptr_array_unref (check->warnings);
  g_free (check);
}

static guint
bound (DureStore *store, const char *level, const char *which, guint usual, char **article)
{
  g_autofree char *name = g_strdup_printf ("members-%s-%s", which, level);
  g_autofree char *found = NULL;
  gint64           value = dure_setting_int (store, name, usual, &found);

  if (found != NULL)
    {
      g_free (*article);
      *article = g_steal_pointer (&found);
    }
  return (guint) CLAMP (value, 0, 100000);
}

static gboolean
is_chair (const char *role)
{
  return g_strcmp0 (role, "chair") == 0 || g_strcmp0 (role, "co-chair-public") == 0
         || g_strcmp0 (role, "co-chair-private") == 0;
}

/**
 * dure_body_check:
 * @body: a body
 * @today: day number
 *
 * Crossing a number of the law is a warning with its article, never a refusal.
 *
 * Returns: (transfer full) (nullable): how the body stands, or %NULL with @error set
 */
DureBodyCheck *
dure_body_check (DureStore *store, DureRecord *body, int today, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_SEAT);
  g_autoptr (GPtrArray) seats = NULL;
  g_autofree char      *least_article = NULL;
  g_autofree char      *most_article = NULL;
  const char           *level = dure_record_get (body, DURE_BODY_LEVEL);
  const char           *article = NULL;
  DureBodyCheck        *check;
  guint                 chairs_allowed = 0;
  guint                 chairs = 0;
  guint                 over = 0;
  guint                 ending = 0;

  dure_query_where (query, DURE_SEAT_BODY, DURE_EQUAL, dure_record_get_id (body));
  seats = dure_store_list (store, query, error);
  if (seats == NULL)
    return NULL;

  check = g_new0 (DureBodyCheck, 1);
  check->warnings = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < seats->len; i++)
    {
      DureRecord   *seat = g_ptr_array_index (seats, i);
      DureTermState state = dure_term_state (dure_record_get (seat, DURE_SEAT_TERM_FROM),
                                             dure_record_get (seat, DURE_SEAT_TERM_TO),
                                             dure_record_get (seat, DURE_SEAT_ENDED_ON), today, NULL);

      if (state == DURE_TERM_COMING || state == DURE_TERM_ENDED)
        continue;
      check->seated++;
      chairs += is_chair (dure_record_get (seat, DURE_SEAT_ROLE));
      over += state == DURE_TERM_OVER;
      /* Whose end is entered is taken care of, by a re-appointment as a rule. */
      ending += state == DURE_TERM_ENDING && dure_record_get (seat, DURE_SEAT_ENDED_ON) == NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (rules[i].level, level) == 0)
      {
        article = _ (rules[i].article);
        least_article = g_strdup (article);
        most_article = g_strdup (article);
        check->least = bound (store, level, "least", rules[i].least, &least_article);
        check->most = bound (store, level, "most", rules[i].most, &most_article);
        chairs_allowed = rules[i].chairs;
      }
  if (dure_record_get (body, DURE_BODY_LEAST) != NULL && dure_record_get_int (body, DURE_BODY_LEAST) > check->least)
    {
      check->least = (guint) dure_record_get_int (body, DURE_BODY_LEAST);
      g_free (least_article);
      least_article = g_strdup (_ ("set for this body"));
    }
  if (dure_record_get (body, DURE_BODY_MOST) != NULL
      && (check->most == 0 || dure_record_get_int (body, DURE_BODY_MOST) < check->most))
    {
      check->most = (guint) dure_record_get_int (body, DURE_BODY_MOST);
      g_free (most_article);
      most_article = g_strdup (_ ("set for this body"));
    }

  if (check->least > 0 && check->seated < check->least)
    g_ptr_array_add (check->warnings, g_strdup_printf (_ ("%u seated; the law asks for at least %u. (%s)"),
                                                       check->seated, check->least, least_article));
  if (check->most > 0 && check->seated > check->most)
    g_ptr_array_add (check->warnings, g_strdup_printf (_ ("%u seated; the law allows at most %u. (%s)"), check->seated,
                                                       check->most, most_article));
  if (article != NULL && chairs == 0 && check->seated > 0)
    g_ptr_array_add (check->warnings, g_strdup_printf (_ ("No chair is entered. (%s)"), article));
  if (article != NULL && chairs > chairs_allowed)
    g_ptr_array_add (check->warnings,
                     g_strdup_printf (_ ("There are %u chairs; this body may have %u. (%s)"), chairs, chairs_allowed,
                                      article));
  if (over > 0)
    g_ptr_array_add (check->warnings,
                     g_strdup_printf (ngettext ("The term of %u member is over; appoint anew or end the seat.",
                                                "The terms of %u members are over; appoint anew or end the seats.",
                                                over),
                                      over));
  if (ending > 0)
    g_ptr_array_add (check->warnings,
                     g_strdup_printf (ngettext ("The term of %u member ends within 60 days.",
                                                "The terms of %u members end within 60 days.", ending),
                                      ending));
  return check;
}
