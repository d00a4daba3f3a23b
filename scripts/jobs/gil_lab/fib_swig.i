/* SWIG's interface to fib; with -threads the wrapper releases the GIL around each call. */
%module fib_swig
%{
#include "fib.h"
%}
long fib(int n);
