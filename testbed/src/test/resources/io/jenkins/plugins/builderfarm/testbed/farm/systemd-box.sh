# A systemd as process 1 of a small system of its own, in namespaces: the host's programs, read-only, and nothing else of
# the host's. Above all none of the host's units: its systemd-tmpfiles alone would empty the host's /tmp.
#   sh systemd-box.sh out ROOT HOME JAVA    ROOT an empty folder, HOME what becomes /home/builder, JAVA Java's home
# Prints a line before it becomes systemd; what fails before that can't be done on this computer.
set -eu
stage=$1 root=$2 home=$3 java=$4

if [ "$stage" = out ]; then
  # Systemd fills its control group with more of them; so it gets one to itself, and takes it for the topmost.
  top=/sys/fs/cgroup
  [ -e "$top/cgroup.controllers" ] || top=$top/unified
  group=$top$(sed -n 's/^0:://p' /proc/self/cgroup | sed 's:/$::')/builder-farm-systemd-$$
  mkdir "$group"
  echo "group $group"
  echo $$ >"$group/cgroup.procs"
  exec unshare --mount --pid --fork --kill-child --ipc --uts --cgroup sh "$0" in "$root" "$home" "$java"
fi

mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$root"
cd "$root"
mkdir -p etc/systemd/system dev proc sys run tmp var/tmp home/builder root old
chmod 1777 tmp var/tmp

for name in bin sbin lib lib32 lib64 libx32 usr opt; do
  if [ -L "/$name" ]; then
    cp -P "/$name" "$name"
  elif [ -d "/$name" ]; then
    mkdir "$name"
    mount --bind -o ro "/$name" "$name"
  fi
done
if [ ! -e ".$java" ]; then
  mkdir -p ".$java"
  mount --bind -o ro "$java" ".$java"
fi
for name in ld.so.cache ld.so.conf ld.so.conf.d alternatives ssl pki ca-certificates localtime os-release; do
  if [ -e "/etc/$name" ]; then cp -a "/etc/$name" etc; fi
done
for name in /etc/java*; do
  if [ -e "$name" ]; then cp -a "$name" etc; fi
done
echo '127.0.0.1 localhost' >etc/hosts
tr -d - </proc/sys/kernel/random/uuid >etc/machine-id
printf '%s\n' 'root:x:0:0::/root:/bin/sh' 'builder:x:10847:10847::/home/builder:/bin/sh' >etc/passwd
printf '%s\n' 'root:x:0:' 'builder:x:10847:' >etc/group
mount --bind "$home" home/builder
chown -R 10847:10847 home/builder

mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/pts
mkdir -m 1777 dev/shm
ln -s pts/ptmx dev/ptmx
for name in null zero full random urandom tty; do
  : >"dev/$name"
  mount --bind "/dev/$name" "dev/$name"
done
mount -t proc proc proc
# The kernel's settings are everybody's.
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup

for name in sysinit basic shutdown multi-user network-online; do
  printf '[Unit]\nDescription=%s\nDefaultDependencies=no\n' "$name" >"etc/systemd/system/$name.target"
done

pivot_root . old
cd /
umount -l /old
rmdir /old
systemd=/lib/systemd/systemd
[ -x "$systemd" ] || systemd=/usr/lib/systemd/systemd
test -x "$systemd"
echo 'becomes systemd'
exec env -i container=builder-farm PATH=/usr/sbin:/usr/bin:/sbin:/bin SYSTEMD_UNIT_PATH=/etc/systemd/system \
  "$systemd" --system --unit=multi-user.target --log-target=console --show-status=no
