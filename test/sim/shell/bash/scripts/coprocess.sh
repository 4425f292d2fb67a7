coproc upper { while read -r l; do echo "${l^^}"; done; }
echo hello >&"${upper[1]}"
read -r answer <&"${upper[0]}"
echo "$answer"
echo again >&"${upper[1]}"
read -r answer <&"${upper[0]}"
echo "$answer"
