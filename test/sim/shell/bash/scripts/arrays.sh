fruits=(apple "ripe banana" cherry)
fruits[5]=fig
echo "${#fruits[@]} ${!fruits[*]}"
for f in "${fruits[@]}"; do echo "- $f"; done
copy=("${fruits[@]}")
echo "${copy[3]} ${#copy[@]}"
echo "${fruits[@]:1:2}"
echo "${fruits[@]/a/A}"
unset 'fruits[1]'
declare -p fruits
matrix=()
for r in 0 1 2; do
  for c in 0 1 2; do
    matrix[r*3+c]=$((r * c))
  done
done
echo "${matrix[@]}"
sum=0
for v in "${matrix[@]}"; do ((sum += v)); done
echo "sum $sum"
readarray -t lines < <(printf 'one\ntwo\n\nfour')
echo "${#lines[@]} [${lines[2]}] ${lines[3]}"
