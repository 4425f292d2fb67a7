set_var() { printf -v "$1" '%s' "$2"; }
set_var dynamic "some value"
echo "$dynamic"
name=dynamic
echo "${!name}"
eval "copy=\$$name"
echo "$copy"
declare -n alias_to=dynamic
alias_to=changed
echo "$dynamic"
fill() { local -n out=$1; out=(x y z); }
fill target
echo "${target[@]}"
cmd=(printf '%s-%s\n' a b)
"${cmd[@]}"
code='for i in 1 2; do echo "eval $i"; done'
eval "$code"
prefix_one=1 prefix_two=2
for v in "${!prefix_@}"; do echo "$v=${!v}"; done
