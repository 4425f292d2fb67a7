name=World
cat <<EOF
Hello $name
$(echo command) and $((6 * 7))
\$escaped \\ "quotes" 'single'
EOF
cat <<'EOF'
no $expansion `here` \n
EOF
cat <<-EOF
	tabs are cut
		all of them
	EOF
cat <<A; cat <<B
first
A
second
B
while read -r line; do
  echo "[$line]"
done <<LINES
  indented
back\slash
LINES
f() {
  cat <<IN
in function $1
IN
}
f arg
