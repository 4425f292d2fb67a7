import type { InstalledProgram } from '../kernel/installed-program.js';
import { busybox } from './busybox/index.js';
import { crictl } from './crictl/index.js';
import { curl } from './curl/index.js';
import { df } from './df.js';
import { dig } from './dig/index.js';
import { etcdctl } from './etcdctl/index.js';
import { getent, muslGetent } from './getent/index.js';
import { host } from './host/index.js';
import { httpd } from './httpd.js';
import { ip } from './ip/index.js';
import { ip6tables, ip6tablesSave, iptables, iptablesSave } from './iptables/index.js';
import { ipvsadm } from './ipvsadm.js';
import { journalctl } from './journalctl/index.js';
import { lsmod, modinfo, modprobe, rmmod } from './kmod/index.js';
import { less } from './less/index.js';
import { login } from './login.js';
import { more } from './more/index.js';
import { mount } from './mount.js';
import { nano } from './nano/index.js';
import { nc } from './nc/index.js';
import { netstat } from './netstat.js';
import { networkdWaitOnline } from './networkd-wait-online.js';
import { nft } from './nft.js';
import { nslookup } from './nslookup/index.js';
import { openssl } from './openssl/index.js';
import { pingProgram } from './ping/index.js';
import { scp } from './scp.js';
import { ss } from './ss.js';
import { ssh } from './ssh/index.js';
import { sshKeygen } from './ssh-keygen/index.js';
import { sshd } from './sshd/index.js';
import { su } from './su.js';
import { sudo } from './sudo/index.js';
import { sysctl } from './sysctl.js';
import { systemctl } from './systemctl/index.js';
import { systemd } from './systemd/index.js';
import { traceroute } from './traceroute.js';
import { vi } from './vi/index.js';
import { wget } from './wget/index.js';

/** Every program of this folder. */
export const programs: readonly InstalledProgram[] = [
  busybox,
  crictl,
  curl,
  df,
  dig,
  etcdctl,
  getent,
  host,
  httpd,
  ip,
  ip6tables,
  ip6tablesSave,
  iptables,
  iptablesSave,
  ipvsadm,
  journalctl,
  less,
  login,
  lsmod,
  modinfo,
  modprobe,
  more,
  mount,
  muslGetent,
  nano,
  nc,
  netstat,
  networkdWaitOnline,
  nft,
  nslookup,
  openssl,
  pingProgram,
  rmmod,
  scp,
  ss,
  ssh,
  sshKeygen,
  sshd,
  su,
  sudo,
  sysctl,
  systemctl,
  systemd,
  traceroute,
  vi,
  wget,
];
