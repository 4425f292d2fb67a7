#!/bin/bash
# Becomes a node: a small root of its own around this machine's /usr, a container runtime, a kubelet and kube-proxy.
# It is run by cluster.ts inside namespaces of its own (network, mount, process, host name) and is their first process.
#   start-node.sh NAME FOLDER CACHE CGROUP
# FOLDER holds etc/ (what the node finds in /etc), and gets var/ and logs/; CACHE the programs.
set -eu
name=$1 folder=$2 cache=$3 cgroup=$4
root=$folder/root
hostname "$name"

mkdir -p "$root"/{dev,proc,sys,usr,etc,run,tmp,root,home,mnt,srv,opt/cni,var/lib,var/log,kubedrill,logs,old}
mount --bind "$root" "$root"
mount --make-rprivate /
for one in bin sbin lib lib64; do
  if [ -L "/$one" ]; then ln -sfn "usr/$one" "$root/$one"; else mkdir -p "$root/$one"; mount --rbind -o ro "/$one" "$root/$one"; fi
done
mount --bind /usr "$root/usr"; mount -o remount,bind,ro "$root/usr"
mount --bind "$cache" "$root/kubedrill"; mount -o remount,bind,ro "$root/kubedrill"
mount --bind "$folder/logs" "$root/logs"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/run"
chmod 1777 "$root/tmp"
cp -r "$folder/etc/." "$root/etc/"
for one in passwd group ssl; do [ -e "/etc/$one" ] && cp -r "/etc/$one" "$root/etc/"; done
cd "$root"
pivot_root . old
umount -l old
rmdir old
export PATH=/kubedrill/node:/kubedrill/debian/usr/sbin:/kubedrill/debian/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin
unset TMPDIR
export LD_LIBRARY_PATH=/kubedrill/debian/usr/lib/x86_64-linux-gnu:/kubedrill/debian/lib/x86_64-linux-gnu
ln -sfn /kubedrill/debian/usr/lib/cni /opt/cni/bin
for one in /sys/fs/cgroup/*/; do
  [ "$one" = /sys/fs/cgroup/unified/ ] || mkdir -p "$one$cgroup/$name"
done
cpusets=/sys/fs/cgroup/cpuset
for one in "$cgroup" "$cgroup/$name"; do
  [ -d "$cpusets" ] || break
  cat "$cpusets/cpuset.cpus" >"$cpusets/$one/cpuset.cpus"; cat "$cpusets/cpuset.mems" >"$cpusets/$one/cpuset.mems"
done
ip link set lo up

containerd --config /etc/containerd/config.toml >/logs/containerd.log 2>&1 &
for _ in $(seq 100); do [ -S /run/containerd/containerd.sock ] && break; sleep 0.1; done
kubelet --config=/etc/kubernetes/kubelet.yaml --kubeconfig=/etc/kubernetes/kubelet.conf --hostname-override="$name" \
  --node-ip="$(cat /etc/node-address)" >/logs/kubelet.log 2>&1 &
kube-proxy --config=/etc/kubernetes/kube-proxy.yaml --hostname-override="$name" >/logs/kube-proxy.log 2>&1 &
# The shims' orphans become this process's children.
while :; do wait || true; sleep 1; done
