rows=("name size used" "alpha 10 5.5" "beta 200 17.25" "gamma-long 3 0")
for row in "${rows[@]}"; do
  read -r n s u <<< "$row"
  if [[ $s == size ]]; then
    printf '%-12s|%6s|%8s\n' "$n" "$s" "$u"
  else
    printf '%-12s|%6d|%8.2f\n' "$n" "$s" "$u"
  fi
done
printf '%s,' a b c; echo
printf '%05d %+d %x %X %o %e %c\n' 42 42 255 255 8 12345.678 zebra
printf '%q\n' "it's a \$var"
printf '%b' 'tab\there\n'
printf '%3d%%\n' 50
