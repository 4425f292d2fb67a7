exec 3> log
echo first >&3
{ echo second; echo third >&2; } >&3 2>&3
exec 3>&-
cat log
while read -r a b; do echo "$b $a"; done < log
exec 4< log
read -r l1 <&4
read -r l2 <&4
echo "$l1/$l2"
exec 4<&-
ls nosuch 2> err || cat err | wc -l
echo "to both" | tee copy | cat
cat copy
: > copy
[ -s copy ] || echo emptied
