/* dure-picture-text.h: text of a picture, which stays text where the file can hold text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cairo writes text into an SVG as outlines, which nobody can select or search. So a picture draws its text through
 * dure_picture_text(); while texts are collected for a context, it is noted there and not drawn, and
 * dure_picture_texts_to_svg() writes it as text.
 */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef struct _DurePictureTexts DurePictureTexts;

DurePictureTexts *dure_picture_texts_new (cairo_t *cr);
void              dure_picture_texts_free (DurePictureTexts *self);
void              dure_picture_texts_to_svg (const DurePictureTexts *self, GString *out);

void dure_picture_text (cairo_t *cr, PangoLayout *layout, double halo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DurePictureTexts, dure_picture_texts_free)

G_END_DECLS
