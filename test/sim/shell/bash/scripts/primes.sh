limit=50
primes=()
for ((n = 2; n <= limit; n++)); do
  prime=1
  for p in "${primes[@]}"; do
    if ((p * p > n)); then break; fi
    if ((n % p == 0)); then
      prime=0
      break
    fi
  done
  ((prime)) && primes+=("$n")
done
echo "${primes[*]}"
echo "count: ${#primes[@]}"
