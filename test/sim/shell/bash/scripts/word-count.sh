# Counts words of a text and prints the most frequent first.
declare -A count
text="the quick brown fox jumps over the lazy dog the fox"
for word in $text; do
  ((count[$word]++))
done
for word in "${!count[@]}"; do
  printf '%d %s\n' "${count[$word]}" "$word"
done | sort -k1,1nr -k2,2
