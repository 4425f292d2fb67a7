/**
 * What policies let pass, from the API's documentation: `policies: from > to port[/protocol] = open or lost`.
 *
 * In default are web (app=web, tier=front; ports http 8080, metrics 9090), db (app=db; pg 5432, dns 53/UDP,
 * diameter 3868/SCTP), client (app=client), host (app=client, on its node's network); in prod (team=a) web (app=web;
 * http 80) and client; in dev (team=b) client; outside is a machine at 203.0.113.7.
 */
export const ROWS = `
: default/client > default/web 80 = open
: outside > default/web 80 = open
: prod/client > default/db 53/udp = open

no-ingress: default/client > default/web 80 = lost
no-ingress: prod/client > default/web 80 = lost
no-ingress: outside > default/web 80 = lost
no-ingress: default/client > prod/web 80 = open
no-ingress: default/web > outside 443 = open
no-ingress: default/web > default/web 80 = open
no-ingress: node01 > default/web 80 = open
no-ingress: default/host > default/web 80 = open
no-ingress: node02 > default/web 80 = lost
no-ingress: default/client > default/host 80 = open
no-ingress: default/client > node01 22 = open

no-egress: default/client > default/web 80 = lost
no-egress: default/client > outside 443 = lost
no-egress: default/client > prod/web 80 = lost
no-egress: default/client > default/db 53/udp = lost
no-egress: default/client > node02 22 = lost
no-egress: prod/client > default/web 80 = open
no-egress: default/web > default/web 8080 = open
no-egress: default/host > prod/web 80 = open

nothing: prod/client > default/web 80 = lost
nothing: default/web > prod/web 80 = lost
nothing: node01 > default/client 80 = open

types-left-out: prod/client > default/web 80 = lost
types-left-out: default/client > prod/web 80 = open
types-empty: prod/client > default/web 80 = lost
types-empty: default/client > prod/web 80 = open
egress-rules-without-types: default/client > default/db 80 = open
egress-rules-without-types: default/client > default/web 80 = lost
egress-rules-without-types: prod/client > default/client 80 = lost
egress-rules-but-ingress-type: default/client > default/web 80 = open
egress-rules-but-ingress-type: default/db > default/client 80 = lost
ingress-rules-but-egress-type: default/client > default/web 80 = open
ingress-rules-but-egress-type: default/web > default/client 80 = lost

web-no-ingress: default/client > default/web 80 = lost
web-no-ingress: default/client > default/db 80 = open
web-no-ingress: default/client > prod/web 80 = open
not-db: prod/client > default/db 5432 = open
not-db: prod/client > default/client 80 = lost
with-tier: default/client > default/web 80 = lost
with-tier: default/client > default/db 80 = open
web-without-tier: default/client > default/web 80 = open

all-ingress: outside > default/web 80 = open
all-ingress no-ingress: outside > default/web 80 = open
all-egress no-egress: default/client > outside 443 = open
all-ingress no-egress: default/client > outside 443 = lost
empty-list: default/client > default/web 80 = lost
empty-from: outside > default/web 80 = open
empty-from: outside > default/web 8080 = lost
empty-ports: default/client > default/web 9090 = open
empty-ports: default/db > default/web 9090 = lost

from-client: default/client > default/web 80 = open
from-client: default/db > default/web 80 = lost
from-client: prod/client > default/web 80 = lost
from-client: default/host > default/web 8080 = open
from-any-pod-here: default/db > default/web 80 = open
from-any-pod-here: prod/client > default/web 80 = lost
from-any-pod-here: outside > default/web 80 = lost
from-any-pod-here: node02 > default/web 80 = lost
from-any-namespace: dev/client > default/web 80 = open
from-any-namespace: outside > default/web 80 = lost
from-team-a: prod/client > default/web 80 = open
from-team-a: prod/web > default/web 80 = open
from-team-a: dev/client > default/web 80 = lost
from-team-a: default/client > default/web 80 = lost
from-client-of-team-a: prod/client > default/web 80 = open
from-client-of-team-a: prod/web > default/web 80 = lost
from-client-of-team-a: default/client > default/web 80 = lost
from-client-or-team-a: prod/web > default/web 80 = open
from-client-or-team-a: default/client > default/web 80 = open
from-client-or-team-a: dev/client > default/web 80 = lost
from-dev-by-name: dev/client > default/web 80 = open
from-dev-by-name: prod/client > default/web 80 = lost
from-teams-a-and-b: dev/client > default/web 80 = open
from-teams-a-and-b: prod/client > default/web 80 = open
from-teams-a-and-b: default/client > default/web 80 = lost
to-prod: default/client > prod/web 80 = open
to-prod: default/client > dev/client 80 = lost
to-prod: default/client > default/db 53/udp = lost
to-web-of-prod: default/client > prod/web 80 = open
to-web-of-prod: default/client > prod/client 80 = lost
to-web-of-prod prod/no-ingress: default/client > prod/web 80 = lost
to-web-of-prod prod/no-ingress prod/from-default: default/client > prod/web 80 = open
prod/no-ingress prod/from-default: dev/client > prod/web 80 = lost

from-block: outside > default/web 80 = open
from-block: default/client > default/web 80 = lost
from-block-except: outside > default/web 80 = lost
from-block-except: default/db > default/web 80 = lost
from-block-except: prod/client > default/web 80 = open
from-block-except: node02 > default/web 80 = open
from-pod-block: prod/client > default/web 80 = open
from-pod-block: default/client > default/web 80 = lost
to-block: default/client > outside 443 = open
to-block: default/client > default/web 80 = lost
to-block: default/client > node02 6443 = open
from-nodes: node01 > default/db 5432 = open
from-nodes: default/host > default/db 5432 = open
from-nodes: default/client > default/db 5432 = lost

port-80: outside > default/web 80 = open
port-80: outside > default/web 81 = lost
port-80: outside > default/web 80/udp = lost
port-range: default/client > default/web 7999 = lost
port-range: default/client > default/web 8000 = open
port-range: default/client > default/web 8080 = open
port-range: default/client > default/web 8081 = lost
named-http: default/client > default/web 8080 = open
named-http: default/client > default/web 80 = lost
named-http: default/client > default/db 8080 = lost
named-unknown: default/client > default/web 8080 = lost
udp-only: default/client > default/db 53/udp = open
udp-only: default/client > default/db 9999/udp = open
udp-only: default/client > default/db 5432 = lost
udp-53: default/client > default/db 53/udp = open
udp-53: default/client > default/db 53 = lost
udp-53: default/client > default/db 54/udp = lost
named-dns-udp: default/client > default/db 53/udp = open
named-dns-tcp: default/client > default/db 53 = lost
named-dns-tcp: default/client > default/db 53/udp = lost
sctp: default/client > default/db 3868/sctp = open
sctp: default/client > default/db 3868 = lost
ports-and-peers: default/client > default/web 80 = open
ports-and-peers: default/client > default/web 9090 = lost
ports-and-peers: default/db > default/web 9090 = open
ports-and-peers: default/db > default/web 80 = lost
ports-and-peers port-range: default/db > default/web 8080 = open
to-named-http: default/client > default/web 8080 = open
to-named-http: default/client > prod/web 80 = open
to-named-http: default/client > prod/web 8080 = lost
to-named-http: default/client > outside 80 = lost
dns-only: default/client > default/db 53/udp = open
dns-only: default/client > outside 53 = open
dns-only: default/client > default/web 80 = lost
dns-only to-prod: default/client > prod/web 80 = open
`;
