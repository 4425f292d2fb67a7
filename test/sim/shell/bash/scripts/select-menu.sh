PS3='choose: '
select item in red green "light blue" quit; do
  case $item in
    quit) echo bye; break ;;
    "") echo "bad choice $REPLY" ;;
    *) echo "you chose $item" ;;
  esac
done 2>/dev/null <<END
2
9
3
4
END
