# The kernels of processors that this machine is not: AVX-512 with its instructions spelt
# out by SIMDe, 64-bit Arm under qemu-user. The same checks as for the machine's own.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  find_path(SIMDE_INCLUDE simde/x86/avx512.h REQUIRED)
  add_executable(check_kernels_emulated ${CHECK_SOURCES} kernels/emulated/best.c
                 ${AVX512_SOURCES})
  target_link_libraries(check_kernels_emulated PRIVATE lutist_kernels m)
  # The emulated objects come before the library's own.
  target_link_options(check_kernels_emulated PRIVATE -Wl,--wrap=cpu_best)
  foreach(source ${AVX512_SOURCES})
    set_property(SOURCE ${source} TARGET_DIRECTORY check_kernels_emulated
                 PROPERTY COMPILE_OPTIONS
                 "-I${CMAKE_CURRENT_SOURCE_DIR}/kernels/emulated;-O2;-Wno-psabi")
  endforeach()
  add_test(NAME kernels_emulated COMMAND check_kernels_emulated)
  set_tests_properties(kernels_emulated PROPERTIES TIMEOUT 240)
endif()

find_program(AARCH64_CC aarch64-linux-gnu-gcc REQUIRED)
find_program(QEMU_AARCH64 NAMES qemu-aarch64 qemu-aarch64-static REQUIRED)
file(GLOB NEON_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/kernels/arm/*.c)
file(GLOB KERNEL_HEADERS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/kernels/*.h
     ${CMAKE_SOURCE_DIR}/kernels/*/*.h kernels/*.h)
set(CHECK_AARCH64 ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/check_kernels_aarch64)
add_custom_command(
  OUTPUT ${CHECK_AARCH64}
  COMMAND ${AARCH64_CC} -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -Wshadow
          -ffp-contract=off -static -I${CMAKE_SOURCE_DIR}/kernels -o ${CHECK_AARCH64}
          ${CHECK_SOURCES} ${KERNEL_SOURCES} ${NEON_SOURCES} -lm
  DEPENDS ${CHECK_SOURCES} ${KERNEL_SOURCES} ${NEON_SOURCES} ${KERNEL_HEADERS}
  VERBATIM)
add_custom_target(check_kernels_aarch64 ALL DEPENDS ${CHECK_AARCH64})
add_test(NAME kernels_aarch64 COMMAND ${QEMU_AARCH64} ${CHECK_AARCH64})
set_tests_properties(kernels_aarch64 PROPERTIES TIMEOUT 1200 ENVIRONMENT LUTIST_BEST_LEVEL=1)
