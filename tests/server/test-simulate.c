/* test-simulate.c: many histories of computers with wrong clocks and a bad network; in the end all copies are one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stores, the rounds of sync and the server are the real ones; only the wire between them is not (see
 * simulate-world.c). Without options as many histories are run as fit into some seconds; `--seed N --histories N --loud`
 * chooses others, so `--histories 5000` is a long run. Under with-postgres.sh the server keeps things there.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>

#include "server-fixture.h"
#include "server/dure-password.h"
#include "simulate-check.h"
#include "simulate-files.h"
#include "simulate-officer.h"
#include "simulate-others.h"
#include "simulate-purge.h"
#include "simulate-server.h"

#define SECONDS 8

static int      first;
static int      histories;
static gboolean loud;
static char    *directory;
static char *template;
static char *where; /* with PostgreSQL: one storage for all histories, each in a tenant of its own */
static guint seed;

/* What can happen in one step: a name for whoever reads a history, how often among all, and what it does to one
 * computer. What is written there is noted afterwards, so that check_end() can look for it. */
typedef struct
{
  const char *name;
  guint       weight;
  void (*run) (World *world, Machine *machine);
} Operation;

static const Operation operations[] = {
  { "edits a record", 34, edit_some },
  { "makes a record", 4, add_some },
  { "deletes", 4, delete_some },
  { "brings back", 3, restore_some },
  { "purges", 1, purge_some },
  { "merges two records", 3, merge_some },
  { "attaches a file", 3, attach_some },
  { "takes an attachment away", 1, detach_some },
  { "opens an attachment", 1, fetch_some },
  { "undoes or redoes", 6, undo_some },
  { "decides a conflict", 4, decide_some },
  { "sets its clock", 4, shift_clock },
  { "is started again", 2, machine_reopen },
  { "keeps a copy", 2, machine_copy },
  { "is put back from the copy", 2, machine_put_back },
  { "is copied to another computer", 1, world_twin },
  { "syncs", 34, sync_some },
  { "sends an edit and undoes it", 2, undo_sent },
  { "and another decide a conflict", 3, decide_twice },
  { "and another enter the same", 3, make_twice },
  { "knows a record to which a newer program adds", 3, newer_program },
  { "has its server copied", 2, copy_server },
  { "has its server put back from the copy", 2, put_server_back },
  { "has its server fold what is old", 1, fold_server },
  { "sees the role of the account change", 1, change_role },
};

/* An officer goes on writing while a round of his computer is under way. */
static void
meanwhile_cb (gpointer data)
{
  World *world = data;

  if (world->loud)
    g_printerr ("    and writes meanwhile\n");
  write_some (world, world->asking, world_chance (world, 30));
  check_note (world, world->asking);
}

static void
step (World *world)
{
  guint    number = world_pick (world, world->machines->len), total = 0, what;
  Machine *machine = g_ptr_array_index (world->machines, number);
  const Operation *operation = operations;

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    total += operations[i].weight;
  for (what = world_pick (world, total); what >= operation->weight; operation++)
    what -= operation->weight;
  world_pass (world, g_rand_int_range (world->random, 0, 10) < 5 ? 10 : g_rand_int_range (world->random, 0, 600000));
  world_at (world, machine);
  if (world->loud)
    g_printerr ("  computer %u: %s\n", number, operation->name);
  operation->run (world, machine);
  check_note (world, machine);
}

static char *
run_history (void)
{
  g_autofree char *own = g_strdup_printf ("%s/%u", directory, seed);
  World           *world = world_new (seed, own, template, where);
  guint            n_machines = 2 + world_pick (world, 3), n_steps = 10 + world_pick (world, 60);
  char            *end;

  world->loud = loud;
  world->meanwhile = meanwhile_cb;
  world->kind = g_rand_int (world->random);
  newer_start (world);
  for (guint i = 0; i < n_machines; i++)
    {
      Machine *machine = world_add (world);

      for (guint k = 0; i == 0 && k < 6; k++)
        write_some (world, machine, TRUE);
      sync_some (world, machine);
      check_note (world, machine);
      shift_clock (world, machine);
    }
  world->calm = FALSE;
  for (guint i = 0; i < n_steps; i++)
    step (world);
  world_calm (world);
  others_end (world);
  end = check_end (world);
  world_free (world);
  return end;
}

/* An assertion that fails ends the program: the seed is told before. */
static void
tell_seed (int number)
{
  g_printerr ("--seed %u --histories 1 --loud replays this history\n", seed);
  signal (number, SIG_DFL);
}

static void
test_histories (void)
{
  gint64 end = g_get_monotonic_time () + SECONDS * G_TIME_SPAN_SECOND;
  int    n = 0;

  for (seed = (guint)first; histories > 0 ? n < histories : g_get_monotonic_time () < end; n++, seed++)
    g_free (run_history ());
  g_print ("# %d histories, %u conflicts\n", n, check_conflicts ());
  g_assert_true (n < 20 || check_conflicts () > 0);
}

/* Otherwise the seed of a failure would say nothing. */
static void
test_replay (void)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  seed = (guint)first;
  one = run_history ();
  other = run_history ();
  g_assert_cmpstr (one, ==, other);
}

static void
make_template (void)
{
  DureStore *store;

  directory = g_strdup ("/dev/shm/dure-simulate-XXXXXX");
  if (g_mkdtemp (directory) == NULL)
    {
      g_free (directory);
      directory = g_dir_make_tmp ("dure-simulate-XXXXXX", NULL);
    }
  template = g_build_filename (directory, "template.db", NULL);
  store = dure_store_open (template, DURE_STORE_CREATE, NULL);
  g_assert_nonnull (store);
  g_object_unref (store);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT, &first, "The first history", "N" },
    { "histories", 0, 0, G_OPTION_ARG_INT, &histories, "How many; without it, as many as fit into some seconds", "N" },
    { "loud", 0, 0, G_OPTION_ARG_NONE, &loud, "Tell what happens in them", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  int status;

  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_assert_true (g_option_context_parse (context, &argc, &argv, NULL));
  g_test_init (&argc, &argv, NULL);
  dure_password_set_cheap (TRUE);
  signal (SIGABRT, tell_seed);
  signal (SIGTRAP, tell_seed);
  signal (SIGSEGV, tell_seed);
  make_template ();
  where = test_uses_postgres () ? test_storage_new (directory) : NULL;
  g_test_add_func ("/server/simulate/histories", test_histories);
  /* A tenant is made once. */
  if (where == NULL)
    g_test_add_func ("/server/simulate/replay", test_replay);
  status = g_test_run ();
  g_unlink (template);
  g_rmdir (directory);
  return status;
}
