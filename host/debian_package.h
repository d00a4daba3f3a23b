/* debian_package — which package of Debian has a shared library.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_DEBIAN_PACKAGE_H
#define LUTIST_DEBIAN_PACKAGE_H

/* New string, by Debian's rule for names: libSDL2_ttf-2.0.so.0 is in libsdl2-ttf-2.0-0.
 * `library` has ".so.VERSION" in it. */
char *debian_package(const char *library);

#endif
