/* dure-council-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-council"

#include "config.h"

#include "app/council/dure-council-page.h"

#include <glib/gi18n-lib.h>

#include "app/council/dure-body-tree.h"
#include "app/council/dure-seat-table.h"
#include "app/register/dure-record-detail.h"
#include "app/shell/dure-place.h"
#include "app/shell/dure-settings.h"
#include "app/widgets/dure-new-record-dialog.h"
#include "base/dure-date.h"
#include "base/dure-hangul.h"
#include "domain/dure-body-check.h"

struct _DureCouncilPage
{
  DurePage parent_instance;

  DureBodyTree     *tree;
  DureRecordTable  *table;
  DureRecordDetail *seat;
  DureRecordDetail *body;
  DureRecord       *shown; /* the body whose seats are shown; NULL for all */
  GCancellable     *cancellable;
  guint             request;
  gboolean          filled;
  GtkWidget        *make;
  GtkWidget        *renew;
  GtkWidget        *dismiss;

  GtkWidget *paned;
  GtkWidget *tree_place;
  GtkWidget *title;
  GtkWidget *facts;
  GtkWidget *about;
  GtkWidget *add_part;
  GtkWidget *former;
  GtkWidget *warnings;
  GtkWidget *table_place;
  GtkWidget *side;
  GtkWidget *side_stack;
};

G_DEFINE_FINAL_TYPE (DureCouncilPage, dure_council_page, DURE_TYPE_PAGE)

/* --- what stands above the seats --- */

typedef struct
{
  DureCouncilPage *page;
  guint            request;
} Request;

static void
show_warnings (DureCouncilPage *self, GPtrArray *warnings)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->warnings)) != NULL)
    gtk_box_remove (GTK_BOX (self->warnings), child);
  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    {
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
      GtkWidget *label = gtk_label_new (g_ptr_array_index (warnings, i));

      gtk_widget_add_css_class (icon, "warning");
      gtk_widget_set_valign (icon, GTK_ALIGN_START);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      /* The box around the label keeps its baseline from the icon: side by side the two measure a pixel apart. */
      gtk_box_append (GTK_BOX (place), label);
      gtk_box_append (GTK_BOX (line), icon);
      gtk_box_append (GTK_BOX (line), place);
      gtk_box_append (GTK_BOX (self->warnings), line);
    }
  gtk_widget_set_visible (self->warnings, warnings != NULL && warnings->len > 0);
}

static gpointer
check_body (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_body_check (store, data, dure_day_today (), error);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request                  *request = user_data;
  DureCouncilPage          *self = request->page;
  g_autoptr (GError)        error = NULL;
  g_autoptr (DureBodyCheck) check = dure_store_thread_run_finish (result, &error);
  g_autofree char          *facts = NULL;

  if (check != NULL && request->request == self->request && self->shown != NULL)
    {
      DureStore       *store = dure_desk_get_store (dure_page_get_desk (DURE_PAGE (self)));
      g_autofree char *level = dure_store_format (store, self->shown, DURE_BODY_LEVEL);

      if (check->least > 0 && check->most > 0)
        facts = g_strdup_printf (_ ("%s · %u members of %u to %u"), level, check->seated, check->least, check->most);
      else if (check->least > 0)
        facts = g_strdup_printf (_ ("%s · %u members, at least %u"), level, check->seated, check->least);
      else
        facts = g_strdup_printf (ngettext ("%s · %u member", "%s · %u members", check->seated), level, check->seated);
      gtk_label_set_text (GTK_LABEL (self->facts), facts);
      show_warnings (self, check->warnings);
    }
  g_object_unref (self);
  g_free (request);
}

static void
show_heading (DureCouncilPage *self)
{
  DureDesk *desk = dure_page_get_desk (DURE_PAGE (self));
  Request  *request;

  gtk_widget_set_visible (self->about, self->shown != NULL);
  gtk_widget_set_visible (self->facts, self->shown != NULL);
  self->request++;
  if (self->shown == NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->title), _ ("All members"));
      show_warnings (self, NULL);
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->title), dure_record_get (self->shown, DURE_BODY_NAME));
  request = g_new0 (Request, 1);
  request->page = g_object_ref (self);
  request->request = self->request;
  dure_store_thread_run_async (dure_desk_get_reader (desk), check_body, dure_record_copy (self->shown), g_object_unref,
                               (GDestroyNotify) dure_body_check_free, self->cancellable, checked_cb, request);
}

static DureRecord *
new_seat (DureCouncilPage *self)
{
  DureRecord      *seat = dure_record_new (DURE_ENTITY_SEAT);
  g_autofree char *today = dure_day_to_date (dure_day_today ());

  if (self->shown != NULL)
    dure_record_set (seat, DURE_SEAT_BODY, dure_record_get_id (self->shown));
  dure_record_set (seat, DURE_SEAT_TERM_FROM, today);
  dure_record_set (seat, DURE_SEAT_APPOINTED_ON, today);
  return seat;
}

static void
show_seats (DureCouncilPage *self)
{
  g_autoptr (DureRecord) prefill = new_seat (self);

  dure_seat_table_show_body (self->table, self->shown,
                             gtk_check_button_get_active (GTK_CHECK_BUTTON (self->former)));
  dure_record_table_set_prefill (self->table, prefill);
}

static void
body_selected_cb (DureBodyTree *tree, DureRecord *body, DureCouncilPage *self)
{
  const char *old = self->shown != NULL ? dure_record_get_id (self->shown) : NULL;
  const char *new = body != NULL ? dure_record_get_id (body) : NULL;
  gboolean    same = self->filled && g_strcmp0 (old, new) == 0;

  g_set_object (&self->shown, body);
  show_heading (self);
  /* A member sits in a body, so the body comes first. */
  dure_record_table_set_can_make (self->table, dure_body_tree_get_n_bodies (tree) > 0);
  if (!same)
    {
      self->filled = TRUE;
      show_seats (self);
    }
}

static void
former_cb (GtkCheckButton *button, DureCouncilPage *self)
{
  if (self->table != NULL)
    show_seats (self);
}

/* --- the side: a seat or a body --- */

static void
show_side (DureCouncilPage *self, DureRecordDetail *detail, DureRecord *record)
{
  dure_record_detail_set_record (detail, record);
  gtk_stack_set_visible_child (GTK_STACK (self->side_stack), GTK_WIDGET (detail));
  gtk_widget_set_visible (self->side, TRUE);
  if (detail != self->seat)
    return;
  gtk_widget_set_sensitive (self->renew, dure_record_get (record, DURE_SEAT_TERM_TO) != NULL
                                             && dure_record_get (record, DURE_SEAT_ENDED_ON) == NULL);
  gtk_widget_set_sensitive (self->dismiss, dure_record_get (record, DURE_SEAT_ENDED_ON) == NULL);
}

static void
seat_opened_cb (DureRecordTable *table, DureRecord *seat, DureCouncilPage *self)
{
  show_side (self, self->seat, seat);
}

static void
seat_selected_cb (DureRecordTable *table, DureRecord *seat, DureCouncilPage *self)
{
  if (seat != NULL && gtk_widget_get_visible (self->side))
    show_side (self, self->seat, seat);
}

static void
close_cb (DureRecordDetail *detail, DureCouncilPage *self)
{
  gtk_widget_set_visible (self->side, FALSE);
}

static void
about_cb (GtkButton *button, DureCouncilPage *self)
{
  if (self->shown != NULL)
    show_side (self, self->body, self->shown);
}

static void
body_created_cb (DureNewRecordDialog *dialog, DureRecord *body, DureCouncilPage *self)
{
  if (self->tree != NULL)
    dure_body_tree_select (self->tree, dure_record_get_id (body));
}

/* The likeliest level below another. */
static const char *
level_below (const char *level)
{
  if (level == NULL)
    return "representative";
  if (g_str_equal (level, "representative"))
    return "working";
  return g_str_equal (level, "working") ? "division" : level;
}

static void
add_part_cb (GtkButton *button, DureCouncilPage *self)
{
  g_autoptr (DureRecord) body = dure_record_new (DURE_ENTITY_BODY);
  DureNewRecordDialog   *dialog;

  if (self->shown != NULL)
    dure_record_set (body, DURE_BODY_PARENT, dure_record_get_id (self->shown));
  dure_record_set (body, DURE_BODY_LEVEL,
                   level_below (self->shown != NULL ? dure_record_get (self->shown, DURE_BODY_LEVEL) : NULL));
  dialog = dure_new_record_dialog_present_for (GTK_WIDGET (self), dure_page_get_desk (DURE_PAGE (self)), body);
  g_signal_connect_object (dialog, "created", G_CALLBACK (body_created_cb), self, 0);
}

static void
dismiss_cb (GtkButton *button, DureCouncilPage *self)
{
  static const int       fields[] = { DURE_SEAT_ENDED_ON, DURE_SEAT_ENDED_WHY, -1 };
  DureRecord            *seat = dure_record_detail_get_record (self->seat);
  g_autoptr (DureRecord) copy = seat != NULL ? dure_record_copy (seat) : NULL;
  g_autofree char       *today = dure_day_to_date (dure_day_today ());

  if (copy == NULL)
    return;
  if (dure_record_get (copy, DURE_SEAT_ENDED_ON) == NULL)
    dure_record_set (copy, DURE_SEAT_ENDED_ON, today);
  dure_new_record_dialog_present_fields (GTK_WIDGET (self), dure_page_get_desk (DURE_PAGE (self)), copy,
                                         _ ("Dismissal"), fields);
}

typedef struct
{
  DureCouncilPage *page;
  char            *sentence;
} Renewal;

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Renewal           *renewal = user_data;
  g_autoptr (GError) error = NULL;

  if (dure_desk_write_finish (DURE_DESK (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (renewal->page), "win.toast-undo", "s", renewal->sentence);
  else
    gtk_widget_activate_action (GTK_WIDGET (renewal->page), "win.error", "s", error->message);
  g_object_unref (renewal->page);
  g_free (renewal->sentence);
  g_free (renewal);
}

/* The next term begins on the day after the old one, and both are written at once. */
static void
renew_cb (GtkButton *button, DureCouncilPage *self)
{
  DureDesk              *desk = dure_page_get_desk (DURE_PAGE (self));
  DureRecord            *seat = dure_record_detail_get_record (self->seat);
  const char            *to = seat != NULL ? dure_record_get (seat, DURE_SEAT_TERM_TO) : NULL;
  g_autoptr (GPtrArray)  records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char       *from = NULL;
  g_autofree char       *until = NULL;
  g_autofree char       *title = NULL;
  DureRecord            *old, *next;
  Renewal               *renewal;
  int                    last = to != NULL ? dure_day (to) : dure_day_today ();
  int                    year, month, day;

  /* Officials sit as long as they are in post, and an ended seat has no next term. */
  if (to == NULL || dure_record_get (seat, DURE_SEAT_ENDED_ON) != NULL)
    return;
  dure_day_to_ymd (last, &year, &month, &day);
  from = dure_day_to_date (last + 1);
  until = dure_day_to_date (dure_day_from_ymd (year + 2, month, MIN (day, dure_month_days (year + 2, month))));
  old = dure_record_copy (seat);
  next = dure_record_copy (seat);
  g_ptr_array_add (records, old);
  g_ptr_array_add (records, next);
  dure_record_set (old, DURE_SEAT_ENDED_ON, to);
  dure_record_set (old, DURE_SEAT_ENDED_WHY, _ ("Re-appointment"));
  dure_record_set_id (next, NULL);
  dure_record_set (next, DURE_SEAT_TERM_FROM, from);
  dure_record_set (next, DURE_SEAT_TERM_TO, until);
  dure_record_set (next, DURE_SEAT_APPOINTED_ON, from);
  dure_record_set (next, DURE_SEAT_LETTER_NUMBER, NULL);
  dure_record_set (next, DURE_SEAT_ENDED_ON, NULL);
  dure_record_set (next, DURE_SEAT_ENDED_WHY, NULL);
  dure_record_set_int (next, DURE_SEAT_REAPPOINTMENTS, dure_record_get_int (seat, DURE_SEAT_REAPPOINTMENTS) + 1);
  title = dure_store_title (dure_desk_get_store (desk), DURE_ENTITY_PERSON, dure_record_get (seat, DURE_SEAT_PERSON));
  renewal = g_new0 (Renewal, 1);
  renewal->page = g_object_ref (self);
  renewal->sentence = dure_hangul_printf (_ ("%s was re-appointed."), title != NULL ? title : "");
  dure_desk_write_async (desk, _ ("Re-appointment"), records, NULL, renewed_cb, renewal);
  show_side (self, self->seat, next);
}

/* --- the page --- */

static DureRecordDetail *
add_detail (DureCouncilPage *self, DureEntityId entity)
{
  GtkWidget *detail = dure_record_detail_new (dure_page_get_desk (DURE_PAGE (self)), entity);

  dure_record_detail_set_back (DURE_RECORD_DETAIL (detail), "window-close-symbolic", _ ("Close"));
  g_signal_connect_object (detail, "back", G_CALLBACK (close_cb), self, 0);
  gtk_stack_add_child (GTK_STACK (self->side_stack), detail);
  return DURE_RECORD_DETAIL (detail);
}

static GtkWidget *
add_seat_button (DureCouncilPage *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_object (button, "clicked", clicked, self, 0);
  dure_record_detail_add_action (self->seat, button);
  return button;
}

static void
dure_council_page_desk_set (DurePage *page)
{
  DureCouncilPage *self = DURE_COUNCIL_PAGE (page);
  DureDesk        *desk = dure_page_get_desk (page);

  self->table = DURE_RECORD_TABLE (dure_seat_table_new (desk));
  dure_record_table_set_empty (self->table, dure_entity_icon (DURE_ENTITY_SEAT),
                               _ ("Members of this body appear here"),
                               _ ("Each with role, agency and term; ends of terms appear under Today."),
                               _ ("New body"), "council.new-body");
  adw_bin_set_child (ADW_BIN (self->table_place), GTK_WIDGET (self->table));
  g_signal_connect_object (self->table, "opened", G_CALLBACK (seat_opened_cb), self, 0);
  g_signal_connect_object (self->table, "selected", G_CALLBACK (seat_selected_cb), self, 0);
  self->seat = add_detail (self, DURE_ENTITY_SEAT);
  self->body = add_detail (self, DURE_ENTITY_BODY);
  self->renew = add_seat_button (self, _ ("Re-appoint"), G_CALLBACK (renew_cb));
  self->dismiss = add_seat_button (self, _ ("Dismiss"), G_CALLBACK (dismiss_cb));
  self->tree = DURE_BODY_TREE (dure_body_tree_new (desk));
  adw_bin_set_child (ADW_BIN (self->tree_place), GTK_WIDGET (self->tree));
  g_signal_connect_object (self->tree, "selected", G_CALLBACK (body_selected_cb), self, 0);
  g_object_bind_property (dure_settings_get_default (), "tree-width", self->paned, "position",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
dure_council_page_make (DurePage *page)
{
  DureCouncilPage *self = DURE_COUNCIL_PAGE (page);

  if (self->tree == NULL)
    return;
  if (dure_body_tree_get_n_bodies (self->tree) == 0)
    add_part_cb (NULL, self);
  else
    dure_record_table_make (self->table);
}

static void
dure_council_page_search (DurePage *page)
{
  DureCouncilPage *self = DURE_COUNCIL_PAGE (page);

  if (self->table != NULL)
    dure_record_table_focus_search (self->table);
}

static gboolean
dure_council_page_open (DurePage *page, DureEntityId entity, const char *id)
{
  DureCouncilPage       *self = DURE_COUNCIL_PAGE (page);
  g_autoptr (DureRecord) record = NULL;

  if (self->tree == NULL || (entity != DURE_ENTITY_BODY && entity != DURE_ENTITY_SEAT))
    return FALSE;
  record = dure_store_get (dure_desk_get_store (dure_page_get_desk (page)), entity, id, NULL);
  if (record == NULL || dure_record_get_deleted (record))
    return FALSE;
  if (entity == DURE_ENTITY_BODY)
    {
      dure_body_tree_select (self->tree, id);
      return TRUE;
    }
  dure_body_tree_select (self->tree, dure_record_get (record, DURE_SEAT_BODY));
  dure_record_table_select (self->table, id);
  show_side (self, self->seat, record);
  return TRUE;
}

static GtkWidget *
dure_council_page_header_end (DurePage *page)
{
  DureCouncilPage *self = DURE_COUNCIL_PAGE (page);

  if (self->make == NULL)
    {
      self->make = g_object_ref_sink (gtk_button_new_from_icon_name ("list-add-symbolic"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->make), "win.make");
      gtk_widget_set_tooltip_text (self->make, _ ("Add a member"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->make), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Add a member"),
                                      -1);
    }
  return self->make;
}

static char *
dure_council_page_where (DurePage *page)
{
  DureCouncilPage *self = DURE_COUNCIL_PAGE (page);

  return self->shown != NULL ? g_strdup_printf ("body/%s", dure_record_get_id (self->shown)) : NULL;
}

static void
new_body_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  add_part_cb (NULL, DURE_COUNCIL_PAGE (widget));
}

static void
dure_council_page_dispose (GObject *object)
{
  DureCouncilPage *self = DURE_COUNCIL_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  self->tree = NULL;
  self->table = NULL;
  g_clear_object (&self->shown);
  g_clear_object (&self->make);
  G_OBJECT_CLASS (dure_council_page_parent_class)->dispose (object);
}

static void
dure_council_page_finalize (GObject *object)
{
  g_object_unref (DURE_COUNCIL_PAGE (object)->cancellable);
  G_OBJECT_CLASS (dure_council_page_parent_class)->finalize (object);
}

static void
dure_council_page_class_init (DureCouncilPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DurePageClass  *page_class = DURE_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_council_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_council_page_finalize;
  page_class->desk_set = dure_council_page_desk_set;
  page_class->make = dure_council_page_make;
  page_class->search = dure_council_page_search;
  page_class->open = dure_council_page_open;
  page_class->header_end = dure_council_page_header_end;
  page_class->where = dure_council_page_where;

  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/council/dure-council-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, paned);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, tree_place);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, title);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, facts);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, about);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, add_part);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, former);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, warnings);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, table_place);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, side);
  gtk_widget_class_bind_template_child (widget_class, DureCouncilPage, side_stack);
  gtk_widget_class_bind_template_callback (widget_class, about_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_part_cb);
  gtk_widget_class_bind_template_callback (widget_class, former_cb);
  gtk_widget_class_install_action (widget_class, "council.new-body", NULL, new_body_action);
}

static void
dure_council_page_init (DureCouncilPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
