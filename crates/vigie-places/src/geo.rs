//! Distances and shifted points on the globe, in whole numbers.

/// Cosine of every degree from 0 to 90, times 10,000.
const COSINE: [i64; 91] = [
    10_000, 9_998, 9_994, 9_986, 9_976, 9_962, 9_945, 9_925, 9_903, 9_877, 9_848, 9_816, 9_781, 9_744, 9_703, 9_659,
    9_613, 9_563, 9_511, 9_455, 9_397, 9_336, 9_272, 9_205, 9_135, 9_063, 8_988, 8_910, 8_829, 8_746, 8_660, 8_572,
    8_480, 8_387, 8_290, 8_192, 8_090, 7_986, 7_880, 7_771, 7_660, 7_547, 7_431, 7_314, 7_193, 7_071, 6_947, 6_820,
    6_691, 6_561, 6_428, 6_293, 6_157, 6_018, 5_878, 5_736, 5_592, 5_446, 5_299, 5_150, 5_000, 4_848, 4_695, 4_540,
    4_384, 4_226, 4_067, 3_907, 3_746, 3_584, 3_420, 3_256, 3_090, 2_924, 2_756, 2_588, 2_419, 2_250, 2_079, 1_908,
    1_736, 1_564, 1_392, 1_219, 1_045, 872, 698, 523, 349, 175, 0,
];

/// Metres of a degree of latitude.
const DEGREE: i64 = 111_195;

fn cosine(micro: i64) -> i64 {
    let (degree, rest) = ((micro.abs() / 1_000_000).min(89) as usize, micro.abs() % 1_000_000);
    COSINE[degree] + (COSINE[degree + 1] - COSINE[degree]) * rest / 1_000_000
}

/// Kilometres between two points (latitude, longitude in millionths of a degree), as on a map whose scale is that of
/// the middle latitude: exact enough for near points, and far ones need only be known as far.
#[must_use]
pub fn kilometres(a: (i32, i32), b: (i32, i32)) -> u32 {
    let north = i64::from(a.0) - i64::from(b.0);
    let mut east = (i64::from(a.1) - i64::from(b.1)).abs();
    if east > 180_000_000 {
        east = 360_000_000 - east;
    }
    let east = east * cosine((i64::from(a.0) + i64::from(b.0)) / 2) / 10_000;
    let apart = ((north * north + east * east) as u64).isqrt() as i64;
    (apart * DEGREE / 1_000_000_000) as u32
}

/// The point so many metres to the north and to the east of another.
#[must_use]
pub(crate) fn shifted(from: (i32, i32), north: i64, east: i64) -> (i32, i32) {
    let lat = i64::from(from.0) + north * 1_000_000 / DEGREE;
    let lon = i64::from(from.1) + east * 10_000 / cosine(lat).max(1) * 1_000_000 / DEGREE;
    (lat.clamp(-90_000_000, 90_000_000) as i32, lon.clamp(-180_000_000, 180_000_000) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances() {
        let (paris, london) = ((48_853_410, 2_348_800), (51_508_530, -125_740));
        assert!((340..348).contains(&kilometres(paris, london)));
        assert_eq!(kilometres(paris, paris), 0);
        // Across the date line.
        assert!(kilometres((0, 179_500_000), (0, -179_500_000)) < 115);
    }

    #[test]
    fn a_shifted_point_lies_that_far_off() {
        let from = (36_200_000, 37_160_000);
        let to = shifted(from, 7_071, 7_071);
        assert!((9..=10).contains(&kilometres(from, to)));
        assert!(to.0 > from.0 && to.1 > from.1);
    }
}
