paste -d: <(printf '1\n2\n') <(printf 'a\nb\n')
while read -r n; do total=$((total + n)); done < <(seq 10)
echo $total
cat <(echo one) <(echo two) | tr a-z A-Z
echo "into" > >(cat > sink)
sleep 0.1
cat sink
f() { cat "$1" "$2"; }
f <(echo x) <(echo y)
