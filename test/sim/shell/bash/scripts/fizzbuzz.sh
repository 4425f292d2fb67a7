for i in {1..15}; do
  out=
  ((i % 3)) || out+=Fizz
  ((i % 5)) || out+=Buzz
  echo "${out:-$i}"
done
