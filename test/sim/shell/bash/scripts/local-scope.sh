a=1
f() {
  local a=2 b
  b=3
  g
  echo "f: a=$a b=$b"
}
g() {
  a=20
  c=new
  local b=30
}
f
echo "a=$a b=${b-unset} c=$c"
h() {
  declare -i n=5
  n+=3
  declare -g global_n=$n
  local -r fixed=1
  fixed=2 2>/dev/null
  echo "never printed after readonly"
}
h
echo "global_n=$global_n"
k() { unset a; a=inner; }
k
echo $a
