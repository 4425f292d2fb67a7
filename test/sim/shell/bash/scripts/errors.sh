echo "${unset_thing?is needed}" || echo a
echo next line runs
readonly fixed=1
fixed=2; echo same line
echo after readonly
echo $((1 / 0)); echo same
echo after division
cd /nosuch; echo $?
[ 1 -eq one ]; echo $?
declare -A map; map=(1 2 3); echo "${#map[@]}"
x=(1 2); echo ${x[-5]}; echo after
unset fixed; echo $?
local z=1; echo $?
