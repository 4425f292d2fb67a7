s=$'tab\there\nnewline \x41 \u00e9 \101'
echo "$s"
printf '%q\n' "$s"
echo "${s@Q}"
declare -p s
IFS=$'\t\n' read -r -d '' a b <<< "$s"
echo "[$a][$b]"
echo ${#s}
