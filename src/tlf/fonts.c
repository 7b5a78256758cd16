/*
 * fonts.c - two font files, known to a fontconfig configuration of our own, and a pango font map over them.
 */
#include "canvas.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#ifndef OA_FONT_DIR
#define OA_FONT_DIR "/usr/share/fonts/truetype/liberation"
#endif

struct oa_fonts {
    FcConfig *config;
    PangoFontMap *map;
};

static const char *const font_files[] = {"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"};
enum { FONT_FILES = sizeof font_files / sizeof font_files[0] };

static void release_fonts(void *resource) {
    oa_fonts *fonts = resource;
    if (fonts->map != NULL) {
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), NULL); /* pango 1.50 would keep its reference */
        g_object_unref(fonts->map);
    }
    if (fonts->config != NULL) {
        FcConfigDestroy(fonts->config);
    }
}

static bool add_files(oa_arena *arena, FcConfig *config, const char *directory, oa_diag *diag) {
    for (size_t i = 0; i < FONT_FILES; i++) {
        const char *path = oa_printf(arena, "%s/%s", directory, font_files[i]);
        bool added = FcConfigAppFontAddFile(config, (const FcChar8 *)path) != FcFalse;
        const FcFontSet *set = FcConfigGetFonts(config, FcSetApplication);
        if (!added || set == NULL || set->nfont != (int)i + 1) {
            oa_diag_add(diag, OA_ERROR, OA_SYSTEM, &(oa_place){.file = path, .seq = -1}, "TLF-FONT",
                        "the font file cannot be read; figures need Liberation Sans (Debian package fonts-liberation)");
            return false;
        }
    }
    return true;
}

/*
 * Without a current configuration, pango 1.50 starts a thread that reads the machine's.  That takes longer than all of
 * our set-up, depends on the environment, and prints on stderr when there is none.  So the current one is empty.
 */
static void forget_machine(void) {
    FcConfig *empty = FcConfigCreate();
    if (empty != NULL) {
        FcConfigSetCurrent(empty);
        FcConfigDestroy(empty);
    }
}

oa_fonts *oa_fonts_open(oa_arena *arena, const char *directory, oa_diag *diag) {
    oa_fonts *fonts = OA_NEW(arena, oa_fonts);
    oa_arena_defer(arena, release_fonts, fonts);
    fonts->config = FcConfigCreate();
    if (fonts->config == NULL) {
        oa_diag_add(diag, OA_ERROR, OA_MEMORY, NULL, "TLF-FONT", "memory ran out while the fonts were opened");
        return NULL;
    }
    if (!add_files(arena, fonts->config, directory != NULL ? directory : OA_FONT_DIR, diag)) {
        return NULL;
    }
    forget_machine();
    fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (fonts->map == NULL) {
        oa_diag_add(diag, OA_ERROR, OA_SYSTEM, NULL, "TLF-FONT", "cairo was built without FreeType fonts");
        return NULL;
    }
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), fonts->config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts->map), 72.0);
    return fonts;
}

struct _PangoFontMap *oa_fonts_map(const oa_fonts *fonts) {
    return fonts->map;
}
