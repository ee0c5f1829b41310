#pragma once
// encoding.h would bring in the system's ICU, whose types clash with those of Swift's Foundation. No
// structure that we touch depends on it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
