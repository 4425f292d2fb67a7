/** What modules of Linux 6.8 say of themselves (MODULE_LICENSE and its kind; from knowledge of the sources). */
export const MODULE_FACTS: Readonly<Record<string, readonly string[]>> = {
  br_netfilter: [
    'description=Linux ethernet netfilter firewall bridge',
    'author=Bart De Schuymer <bdschuym@pandora.be>',
    'author=Lennert Buytenhek <buytenh@gnu.org>',
    'license=GPL',
  ],
  bridge: ['alias=rtnl-link-bridge', 'version=2.3', 'license=GPL'],
  dummy: [
    'alias=rtnl-link-dummy',
    'license=GPL',
    'parm=numdummies:Number of dummy pseudo devices',
    'parmtype=numdummies:int',
  ],
  ip_vs: ['license=GPL', "parm=conn_tab_bits:Set connections' hash size", 'parmtype=conn_tab_bits:int'],
  libcrc32c: [
    'license=GPL',
    'description=CRC32c (Castagnoli) calculations',
    'author=Clay Haapala <chaapala@cisco.com>',
  ],
  llc: [
    'description=LLC IEEE 802.2 core support',
    'author=Procom 1997, Jay Schullist 2001, Arnaldo C. Melo 2001-2003',
    'license=GPL',
  ],
  nf_conntrack: [
    'license=GPL',
    'alias=nf_conntrack-10',
    'alias=nf_conntrack-2',
    'alias=ip_conntrack',
    'parmtype=tstamp:bool',
    'parm=tstamp:Enable connection tracking flow timestamping.',
    'parmtype=acct:bool',
    'parm=acct:Enable connection tracking flow accounting.',
    'parmtype=hashsize:uint',
    'parmtype=expect_hashsize:uint',
  ],
  overlay: [
    'alias=fs-overlay',
    'license=GPL',
    'description=Overlay filesystem',
    'author=Miklos Szeredi <miklos@szeredi.hu>',
    'parm=check_copy_up:Obsolete; does nothing',
  ],
  stp: ['license=GPL'],
};
