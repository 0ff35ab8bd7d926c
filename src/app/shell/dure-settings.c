/* dure-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-settings.h"

/* Type and default of every key; kr.dure.Dure.gschema.xml says the same, and a test compares them. */
typedef struct
{
  const char *key;
  char        type; /* b, i or s */
  int         number;
  const char *text;
} Key;

static const Key keys[] = {
  { "window-width", 'i', 1280, NULL },
  { "window-height", 'i', 800, NULL },
  { "window-maximized", 'b', FALSE, NULL },
  { "sidebar-shown", 'b', TRUE, NULL },
  { "place", 's', 0, "today" },
  { "color-scheme", 's', 0, "follow" },
  { "text-scale", 'i', 100, NULL },
  { "week-starts-monday", 'b', FALSE, NULL },
  { "lunar-dates", 'b', TRUE, NULL },
  { "store", 's', 0, "" },
  { "list-width", 'i', 480, NULL },
  { "backup", 'b', TRUE, NULL },
  { "backup-folder", 's', 0, "" },
  { "backup-keep", 'i', 14, NULL },
  { "tree-width", 'i', 240, NULL },
};

struct _DureSettings
{
  GObject    parent_instance;

  GSettings *backend; /* NULL where the schema is not installed */
  GValue     values[G_N_ELEMENTS (keys)];
};

G_DEFINE_FINAL_TYPE (DureSettings, dure_settings, G_TYPE_OBJECT)

static GParamSpec *properties[G_N_ELEMENTS (keys) + 1];

static void
dure_settings_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_copy (&DURE_SETTINGS (object)->values[id - 1], value);
}

static void
dure_settings_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DureSettings *self = DURE_SETTINGS (object);

  if (g_param_values_cmp (pspec, value, &self->values[id - 1]) == 0)
    return;
  g_value_copy (value, &self->values[id - 1]);
  g_object_notify_by_pspec (object, pspec);
}

static void
dure_settings_constructed (GObject *object)
{
  DureSettings           *self = DURE_SETTINGS (object);
  GSettingsSchemaSource  *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  G_OBJECT_CLASS (dure_settings_parent_class)->constructed (object);

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, DURE_APP_ID, TRUE);
  if (schema == NULL)
    return;
  self->backend = g_settings_new_full (schema, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    /* An older schema may still be installed. */
    if (g_settings_schema_has_key (schema, keys[i].key))
      g_settings_bind (self->backend, keys[i].key, self, keys[i].key, G_SETTINGS_BIND_DEFAULT);
}

static void
dure_settings_finalize (GObject *object)
{
  DureSettings *self = DURE_SETTINGS (object);

  g_clear_object (&self->backend);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_value_unset (&self->values[i]);
  G_OBJECT_CLASS (dure_settings_parent_class)->finalize (object);
}

static void
dure_settings_class_init (DureSettingsClass *klass)
{
  GObjectClass    *object_class = G_OBJECT_CLASS (klass);
  GParamFlags      flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dure_settings_get_property;
  object_class->set_property = dure_settings_set_property;
  object_class->constructed = dure_settings_constructed;
  object_class->finalize = dure_settings_finalize;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const Key *key = &keys[i];

      if (key->type == 'b')
        properties[i + 1] = g_param_spec_boolean (key->key, NULL, NULL, key->number, flags);
      else if (key->type == 'i')
        properties[i + 1] = g_param_spec_int (key->key, NULL, NULL, 0, G_MAXINT, key->number, flags);
      else
        properties[i + 1] = g_param_spec_string (key->key, NULL, NULL, key->text, flags);
    }
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
dure_settings_init (DureSettings *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_value_init (&self->values[i], G_PARAM_SPEC_VALUE_TYPE (properties[i + 1]));
      g_param_value_set_default (properties[i + 1], &self->values[i]);
    }
}

/**
 * dure_settings_get_default:
 *
 * Returns: (transfer none): the one object, for the main thread
 */
DureSettings *
dure_settings_get_default (void)
{
  static DureSettings *settings;

  if (settings == NULL)
    settings = g_object_new (DURE_TYPE_SETTINGS, NULL);
  return settings;
}

/** dure_settings_get_bool: value of a yes/no key. */
gboolean
dure_settings_get_bool (const char *key)
{
  gboolean value = FALSE;

  g_object_get (dure_settings_get_default (), key, &value, NULL);
  return value;
}

/** dure_settings_get_int: value of a number key. */
int
dure_settings_get_int (const char *key)
{
  int value = 0;

  g_object_get (dure_settings_get_default (), key, &value, NULL);
  return value;
}

/** dure_settings_get_text: (transfer full): value of a text key, never %NULL. */
char *
dure_settings_get_text (const char *key)
{
  char *value = NULL;

  g_object_get (dure_settings_get_default (), key, &value, NULL);
  return value != NULL ? value : g_strdup ("");
}

/** dure_settings_set_bool: keeps a yes/no key. */
void
dure_settings_set_bool (const char *key, gboolean value)
{
  g_object_set (dure_settings_get_default (), key, value, NULL);
}

/** dure_settings_set_int: keeps a number key. */
void
dure_settings_set_int (const char *key, int value)
{
  g_object_set (dure_settings_get_default (), key, value, NULL);
}

/** dure_settings_set_text: keeps a text key. */
void
dure_settings_set_text (const char *key, const char *value)
{
  g_object_set (dure_settings_get_default (), key, value, NULL);
}
