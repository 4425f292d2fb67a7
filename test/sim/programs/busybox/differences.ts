const TARGET = 'one message for the folder that is missing, where the real one has one for each file';

/** Lines on which ours and the real busybox differ, and why that is left so. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'cp fruits.txt empty nodir; echo $?': TARGET,
  'mv fruits.txt empty nodir; echo $?': TARGET,
  'gunzip fruits.txt; echo $?': 'gzip words this itself, as the program that it shares everything with does',
  'cut -d ab -f1 data.csv': 'the real one takes the first character; ours refuses as GNU does, with the usage',
  'free -z': 'the real one does not name the option',
  'ps -o foo': "Debian's build lacks the columns time and etime, which official images have",
  'stty -F /x': 'the terminal is always standard input',
};
