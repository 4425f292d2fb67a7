check() {
  if [[ $1 =~ ^([a-z]+)-([0-9]+)(\.([a-z]+))?$ ]]; then
    echo "name=${BASH_REMATCH[1]} number=${BASH_REMATCH[2]} ext=${BASH_REMATCH[4]:-none}"
  else
    echo "no: $1"
  fi
}
check pod-12
check pod-12.log
check 12-pod
ip='^([0-9]{1,3}\.){3}[0-9]{1,3}$'
for a in 10.0.0.1 10.0.0 300.1.1.1x; do
  [[ $a =~ $ip ]] && echo "$a ok" || echo "$a bad"
done
[[ "a.b" =~ a\.b ]] && echo dot
[[ "axb" =~ a\.b ]] || echo literal
[[ "line one" =~ [[:space:]]([[:alpha:]]+) ]] && echo "${BASH_REMATCH[1]}"
