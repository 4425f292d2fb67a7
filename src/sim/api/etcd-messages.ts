/** What clients and an etcd server say to each other: the operations of its gRPC services, as plain data. */
import type { Bytes } from '../kernel/bytes.js';
import type { Channel } from '../kernel/channel.js';

/** Stands at the head of every answer. Identifiers are hexadecimal, as etcdctl prints them. */
export interface EtcdHeader {
  readonly clusterId: string;
  readonly memberId: string;
  readonly revision: number;
  readonly raftTerm: number;
}

export interface EtcdKeyValue {
  readonly key: string;
  readonly value: Bytes;
  readonly createRevision: number;
  readonly modRevision: number;
  readonly version: number;
  readonly lease: number;
}

/** A key, all keys with a prefix, or those from `key` up to `end`. */
export interface EtcdRange {
  readonly key: string;
  readonly end?: string | undefined;
  readonly prefix?: boolean | undefined;
  /** All keys from `key` on. */
  readonly fromKey?: boolean | undefined;
}

export interface EtcdRangeRequest extends EtcdRange {
  readonly revision?: number | undefined;
  readonly limit?: number | undefined;
  readonly keysOnly?: boolean | undefined;
  readonly countOnly?: boolean | undefined;
}

export interface EtcdRangeResponse {
  readonly header: EtcdHeader;
  readonly kvs: readonly EtcdKeyValue[];
  readonly more: boolean;
  readonly count: number;
}

export interface EtcdMember {
  readonly id: string;
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly learner: boolean;
}

export interface EtcdStatus {
  readonly header: EtcdHeader;
  readonly version: string;
  readonly storageVersion: string;
  readonly dbSize: number;
  readonly dbSizeInUse: number;
  readonly quota: number;
  readonly leader: string;
  readonly raftIndex: number;
  readonly raftAppliedIndex: number;
  readonly learner: boolean;
  readonly errors: readonly string[];
}

export interface EtcdWatchEvent {
  readonly type: 'PUT' | 'DELETE';
  readonly kv: EtcdKeyValue;
  readonly previous: EtcdKeyValue | undefined;
}

export interface EtcdTxnRequest {
  readonly compare: readonly {
    readonly key: string;
    readonly target: 'mod' | 'create' | 'version';
    readonly equals: number;
  }[];
  readonly success: readonly EtcdTxnWrite[];
  readonly failure: readonly EtcdTxnWrite[];
}

export type EtcdTxnWrite =
  | { readonly type: 'put'; readonly key: string; readonly value: Bytes }
  | { readonly type: 'delete'; readonly key: string };

/** Each operation's request and answer; the `operation` and `payload` of an `etcd` message. */
export interface EtcdOperations {
  range: { request: EtcdRangeRequest; response: EtcdRangeResponse };
  put: {
    request: { readonly key: string; readonly value: Bytes };
    response: { readonly header: EtcdHeader; readonly previous: EtcdKeyValue | undefined };
  };
  delete: {
    request: EtcdRange;
    response: { readonly header: EtcdHeader; readonly deleted: number; readonly previous: readonly EtcdKeyValue[] };
  };
  txn: { request: EtcdTxnRequest; response: { readonly header: EtcdHeader; readonly succeeded: boolean } };
  watch: {
    request: EtcdRange & { readonly revision?: number | undefined };
    response: { readonly header: EtcdHeader; readonly events: Channel<EtcdWatchEvent>; cancel(): void };
  };
  status: { request: undefined; response: EtcdStatus };
  health: { request: undefined; response: { readonly health: boolean } };
  snapshot: {
    request: undefined;
    response: { readonly header: EtcdHeader; readonly bytes: Bytes; readonly version: string };
  };
  'member-list': {
    request: undefined;
    response: { readonly header: EtcdHeader; readonly members: readonly EtcdMember[] };
  };
  compact: { request: { readonly revision: number }; response: { readonly header: EtcdHeader } };
  defragment: { request: undefined; response: { readonly header: EtcdHeader } };
  'alarm-list': { request: undefined; response: { readonly header: EtcdHeader; readonly alarms: readonly string[] } };
  hash: {
    request: undefined;
    response: { readonly header: EtcdHeader; readonly hash: number; readonly compactRevision: number };
  };
}

/** The version of etcd that kubeadm v1.36 deploys, as `etcd --version` and `endpoint status` tell. */
export const ETCD_VERSION = '3.6.8';
