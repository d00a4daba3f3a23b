/* The extension module `fib_pybind11`: fib(n) without the GIL. */
#include <pybind11/pybind11.h>

extern "C" {
#include "fib.h"
}

PYBIND11_MODULE(fib_pybind11, module)
{
    module.def("fib", &fib, pybind11::call_guard<pybind11::gil_scoped_release>());
}
