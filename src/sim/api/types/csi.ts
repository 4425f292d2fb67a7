/** What CSI drivers are asked over their sockets (spec v1.12), as far as it is needed here. */
export interface CsiCalls {
  /** Of kubelet's plugin registration, asked of a registrar's socket. */
  GetInfo: { request: object; response: { type: string; name: string; endpoint: string } };
  GetPluginInfo: { request: object; response: { name: string } };
  NodeGetInfo: { request: object; response: { nodeId: string; topology: Record<string, string>; volumesMax?: number } };
  /** Only whether ControllerPublishVolume is among what it can do. */
  ControllerGetCapabilities: { request: object; response: { publishes: boolean } };
  ControllerPublishVolume: {
    request: { volumeId: string; nodeId: string; readOnly: boolean };
    response: { publishContext: Record<string, string> };
  };
  ControllerUnpublishVolume: { request: { volumeId: string; nodeId: string }; response: object };
  CreateVolume: {
    request: {
      name: string;
      bytes: number;
      parameters: Record<string, string>;
      block: boolean;
      /** What it is filled from. */
      sourceVolume?: string;
      sourceSnapshot?: string;
    };
    response: { volumeId: string; bytes: number };
  };
  CreateSnapshot: {
    request: { name: string; sourceVolume: string; parameters: Record<string, string> };
    response: CsiSnapshot;
  };
  DeleteSnapshot: { request: { snapshotId: string }; response: object };
  /** Only the one that is asked for, if it is there. */
  ListSnapshots: { request: { snapshotId: string }; response: { snapshots: CsiSnapshot[] } };
  DeleteVolume: { request: { volumeId: string }; response: object };
  ControllerModifyVolume: { request: { volumeId: string; parameters: Record<string, string> }; response: object };
  GetCapacity: { request: { parameters: Record<string, string> }; response: { bytes: number; bytesMax: number } };
  ControllerExpandVolume: {
    request: { volumeId: string; bytes: number };
    response: { bytes: number; nodeExpansionRequired: boolean };
  };
  /**
   * The folder of the node that holds the data is told back and mounted by who asks: mounts do not spread from a
   * container to its host here, as they do with `mountPropagation: Bidirectional`.
   */
  NodePublishVolume: { request: { volumeId: string; targetPath: string }; response: { hostFolder: string } };
  NodeExpandVolume: { request: { volumeId: string; bytes: number }; response: { bytes: number } };
}

/** A snapshot as a driver knows it; `created` in nanoseconds since 1970. */
export interface CsiSnapshot {
  snapshotId: string;
  bytes: number;
  created: number;
  ready: boolean;
}

export type CsiOperation = keyof CsiCalls;
