#include <png.h>

/// The pixels that are asked for: grey and alpha, a byte each. The macro of libpng is one that Swift does not import.
static const png_uint_32 nettrain_png_grey_alpha = PNG_FORMAT_GA;

/// The pixels that are written: grey, a byte each.
static const png_uint_32 nettrain_png_grey = PNG_FORMAT_GRAY;
