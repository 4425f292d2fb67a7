path=/usr/local/share/doc/readme.tar.gz
echo "${path##*/} ${path%/*} ${path%%.*} ${path#*.}"
base=${path##*/}
echo "${base%%.*} ${base#*.} ${#base}"
s="Hello, World"
echo "${s:0:5}|${s:7}|${s: -5}|${s:(-5):3}"
echo "${s/World/Bash} ${s//o/0} ${s/#Hello/Bye} ${s/%World/All}"
echo "${s^^} ${s,,}"
trim() {
  local v=$1
  v=${v#"${v%%[![:space:]]*}"}
  v=${v%"${v##*[![:space:]]}"}
  printf '[%s]\n' "$v"
}
trim "   padded text  "
reverse=
for ((i = ${#s} - 1; i >= 0; i--)); do reverse+=${s:i:1}; done
echo "$reverse"
IFS=, read -r -a parts <<< "a,b,,d"
echo "${#parts[@]} ${parts[3]}"
