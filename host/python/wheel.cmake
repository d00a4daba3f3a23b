# The module _lutist as a file, for an ordinary Python. pip adds the package host/python/lutist.
file(GLOB PY_SOURCES CONFIGURE_DEPENDS host/python/*/*.c)
# What the program alone calls.
list(FILTER PY_SOURCES EXCLUDE REGEX "/python/(choice|isolate|pipeline)/|/py_bundle\\.c$")
Python3_add_library(lutist_extension MODULE WITH_SOABI ${PY_SOURCES})
set_target_properties(lutist_extension PROPERTIES PREFIX "" OUTPUT_NAME _lutist)
target_compile_definitions(lutist_extension PRIVATE LUTIST_VERSION="${PROJECT_VERSION}")
# ctypes calls the two: what no other code calls would be left out.
target_link_options(lutist_extension PRIVATE -Wl,--undefined=lutist_map_third
                    -Wl,--undefined=lutist_parallel_for -Wl,--as-needed)
target_link_libraries(lutist_extension PRIVATE lutist_engine)
install(TARGETS lutist_extension DESTINATION .)
# lutist.load finds them by name.
install(DIRECTORY scripts/ DESTINATION lutist/scripts
        PATTERN jobs EXCLUDE PATTERN starter EXCLUDE PATTERN __pycache__ EXCLUDE)
