seq 1 20 | grep -v 3 | while read -r n; do echo $((n * n)); done | sort -rn | head -5 | tr '\n' ' ' | sed 's/ $//'
echo
printf '%s\n' banana apple cherry apple | sort | uniq -c | sort -k1,1nr -k2 | while read -r c w; do echo "$w:$c"; done
