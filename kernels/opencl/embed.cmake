# The sources of this folder as C strings: cmake -DOUT=FILE.c -P embed.cmake
file(GLOB sources ${CMAKE_CURRENT_LIST_DIR}/*.cl)
set(text "#include \"opencl/sources.h\"\n\n")
string(APPEND text "const OpenClSource opencl_sources[] = {\n")
foreach(source ${sources})
  get_filename_component(name ${source} NAME_WE)
  file(READ ${source} bytes HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
  # Short enough for every compiler: neighbouring strings are one.
  string(REGEX REPLACE "((\\\\x..)(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?(\\\\x..)?)"
         "\n     \"\\1\"" bytes "${bytes}")
  string(APPEND text "    {\"${name}\",${bytes}},\n")
endforeach()
string(APPEND text "    {0, 0},\n};\n")
file(WRITE ${OUT} "${text}")
