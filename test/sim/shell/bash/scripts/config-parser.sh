cat > app.conf <<'END'
# comment
[server]
host = example.test
port=8080

[client]
retries = 3
name = "quoted value"
END
declare -A conf
section=
while IFS= read -r line; do
  line=${line%%#*}
  [[ -z ${line// } ]] && continue
  if [[ $line =~ ^\[(.+)\]$ ]]; then
    section=${BASH_REMATCH[1]}
  elif [[ $line =~ ^([a-z]+)[[:space:]]*=[[:space:]]*(.*)$ ]]; then
    value=${BASH_REMATCH[2]}
    value=${value%\"}
    conf[$section.${BASH_REMATCH[1]}]=${value#\"}
  fi
done < app.conf
for k in "${!conf[@]}"; do echo "$k=${conf[$k]}"; done | sort
