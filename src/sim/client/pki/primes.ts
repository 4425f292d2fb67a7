/**
 * Primes in rows: of so many bits, two rows each, how far it is from one to the next, in twos, written to base 36. Where a
 * row begins is said by `rowStart`.
 */
export const PRIMES: Readonly<Record<number, { readonly p: string; readonly q: string }>> = {
  256: {
    p: 'o 1w m 1r 3x t x 7 u 5 1j l 1t 2y 6 x 6f 2o 4o k 5l 1d k 2s 38 j 1x 2f 9c 1l 30 1b 7 1u 90 30 8 14 1n i 14 2t p 1e g 2l i 3o z 1r 8r 31 1c 1z 19 l 13 3v 8n 1a 46 1u 1b 2d 1q 1 2c 18 2u 7i 70 20 4 2n 27 6 q u 2m 1q 3 1 53 5 3u bx 13 1j k f 1i 37 w o c 19 6o 8m 35 2c 3i 1f 27 z j q 2j b o 1 5 r f 2i a f 56 3q 1j n 3c 16 1y u 70 e 5c 9',
    q: '4j 13 1l 5 u p 3w 1j 1z s 1t 14 6 15 30 8m 19 r 9 t 13 m k j 5 6 2y n 2x 47 x 2k u 3f l 1 n 4g 3e 3u 6 3s 13 f 5w 9 37 4e 4s 1o 9l 2b 41 1t 26 31 3x 2x 22 4r 4 1c 3n 1u 14 1t 13 a 5 5a 1q 4 z 1r i 16 1y x 3 h 3 1v 30 c 26 w 2u 17 1w g 6 1c 3i 22 10 8f 2g 8 u c 2l 4 1t l l 1r 1p 7z 4v 2z 3s 4l 39 80 19 16 e d 2 3a w 5o 1g 20 x 2w 13 b4',
  },
  512: {
    p: '17 36 6 el 8 6m 39 4w 2r am 1i l 86 4n ku 1c o 5l ap q8 a 66 ae 5u 6 i 3 44 1t b9 43 4o 36 jy 1q 1l 19 a b3 2f 5o b9 50 56 6i 6z 13 2y 4z 19 ec 3p cu 1c r 2i 18 1m 5f cn 1l 5j 4f 43 7h 91 4n 2l 7r 87 2z 91 6 6e s 9f af 35 a3 7f 5p z 1o aa 3b 2s 1r 15 2i 3d 26 3u 1h 7 5 26 7 3h ff 3f 50 7s 2k 17 1t 59 x d 1e 7s 7k af 8r 9 17 5b 7 75 ax 37 20 c0 9f k 7u j0 7c 57',
    q: '1z ap dr 5z 4r 40 a 1o 22 23 j 56 7w 4g 15 16 5p 2x 2q 3d 12 29 4u 14 3k 3a o 1b 31 2 2l 1a 19 3z 64 2l 8w 4f 5a o 2e 4c 3y 3e 31 t x go 2p 5h 9 77 48 17 ah b4 8k 9d 23 2t 2f 2g 76 10 50 n 1a 33 o 2x 6t fo 21 8 2y ee 20 64 6 2 47 9 3r 8n 29 a6 fo 7x a 19 z 47 73 1x 2l 1c 5i e 9j 4f ge 1s 1b 43 aa 2n e6 1g f 15 17 7h cf x 3s h 14 5x 2n g 9 en 4a 5k 3p 1z 33 x6',
  },
  1024: {
    p: 'b0 9q m mr 58 10 6i 17 cr 12 fa i3 4u bb n6 q1 d0 il mf p8 1y n 1s jr 3b 2m 3o cc 6 98 h0 2d 2o 19 q8 33 io a3 a7 k2 d 80 i b gj 72 3s mo 2r 3f 89 cb 1o dr 57 2o 5t 36 23 l1 h5 6p 6t mr ey 7l io 7f 5z 1r ur cy en l4 cx e0 5n 10f g1 2z 6 c7 a5 1c 3u 23 10 7c 1j 4b g4 3l bz 19 5a lb as 16 2l 50 2h 20 j c8 fr 4v 1c 6q sv n jd 6o 15 v3 64 k vs 3l gk 6d zi b3 b b9 e4 cz as 6',
    q: '78 o 52 if 87 5f b9 mn 37 9o 3k 4s sr 2i 2c 12 bu e6 ij a8 15a 10 e 19 4a ji 62 3o 7 3n fa 88 ia fi 32 13 54 63 3i 2w dm 1gb 9g 20 6f 1b5 h3 d4 7q dr g9 4s 56 b3 b5 7r o9 ri 3y b5 l4 1k if hg 7n 1d q 17 aw 64 gb 1a 4w t7 78 bl 16 4y dh s3 6u w9 9d 89 an 1f 4 33 8x 8w d3 127 2h 2c jx gg 2l ax 28 c4 cq c9 d1 7k 7c ha o6 vw kv 7o af iz j7 9k kl ir 10 p e 8x gc cy j5 qu 6u i b6 a4',
  },
  1536: {
    p: '2p 1bn 34 ci ub 89 ax 2u do 5d g9 6i d5 14 49 aw 6y 30 b3 3q pv 96 8n 9i 7p 2b cs 3 pz 5p 9u 5b 3y 8c 4o yf nr 119 o6 mx dk 8o f9 27 fr en 67 9l 2f f 3i 82 9v 9k km 1h6 2qc 1jf 7i 3n dx 87 4l e8 11 e n1 d0 3e 11 45 2eu 13u o1 6k nc 1x 13 o7 6q 9d 105 bd k8 d1 f6 6w 1u b9 9 es fr 9q 7p hi 46 60 9o f0 4w p1 r3 9i df 7k cx cy r8 2x 81 gh 7 he id gr 46 nh b1 lw 21 1ib 5x 1lr 1gg dq cr 3o dy',
    q: '5m 5l ze 83 o n0 1l 44 cc 6h a ei ju b6 ax 4n 7d 1bc 9t 2f 1 4z 80 hv r2 ci t9 8y tk 2i 1v c0 1ei 4l g2 8l ci vm d2 7 n 49 5f 37 eb 8y ri v8 4j ur 33 ki 78 1d7 a6 cf 78 ex bd ef q 6u 5u qm 4i 9k 9l 61 68 1m 46 al ne 7s r6 dc 5c t 3c fx i4 1yq gc 150 13j oh 20 4a 8 39 wr 34 7w 2x ay 83 rx 5t 46 cy 46 46 s8 c7 21i 58 pc xg gi e6 dh j1 ec tr bi 7h f 2o bm s9 2b gy 5f 10 4h 10p kf iz',
  },
  2048: {
    p: '70 9x al 36 8i 17m fi 22 fu 19 7u y oq 12r mm bo bc 1mf 18 7u 7m 1b2 dy 5i 32 7p z 5g 5h 2l 110 q7 25x 2nx 2k 194 2x 9q 9f v4 mn 41 ae 57 3dt hi a4 5r 11f z 89 1c 99 170 1ul kf ox 60 qx jc 25m 76 5z 10c 1eu i6 1a fu xb dp m5 8u 1zm 2w c6 dp s6 c6 x 6z 5d 7i 1t bp 6o 18c bw 18d lc 4e 8v 10 no 2e 2j le tf 1of a 1e9 pf 6w j 40 6i 11n mf r1 ec 1gk p3 13m 1cn 1dy 1du 6u 7i 1t b1 h5 ra le a9 1eg 1c6 sr uw 14j',
    q: 'fv d3 3j it hv d9 bb 13v e 4v ke rd 6w ca 30 3q 19f 1ki cm pz 6 5u 1ro 96 26 60 xm m3 rq 43 ju 27 11k 9u 9f aa 33t 7l 13v v6 fn s bz 140 fv ch 2d 9l lw 1l1 18u 73 bh em 8q 8p ek 3m i8 17u l9 ec 2g yt o 79 x6 1y h3 9b 2o 27y 5o 80 8 k7 an m9 1py 8r px 8c hq fp 8l kb 17j 9n xc 3a gw 7d 78 r7 u5 74 an u9 d4 1x 15 2lp kw 7r kl 3c 19d ct 9u m0 b9 1i p7 1r 3x j0 19t 7v gx 3x e6 3h 8r uo 1c 4i 2gx gm',
  },
};
