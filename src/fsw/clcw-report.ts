// The control word of one virtual channel on its way from the FARM to the frames of the downlink.

export interface ClcwReport {
  readonly virtualChannelId: number;
  /** The packed word: CCSDS 232.0-B-4, clause 4.2. */
  readonly word: number;
}
