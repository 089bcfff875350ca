//! Eight `f32` at once, as an AVX register or as an array.

/// Width of a vector; all channel strides are multiples of it.
pub(crate) const LANES: usize = 8;

/// `n` rounded up to whole vectors.
pub(crate) fn round_up(n: usize) -> usize {
    n.div_ceil(LANES) * LANES
}

/// Which form of the kernels to run. `Avx2` exists only where the processor was found to have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Simd {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2(Detected),
}

/// Proof that AVX2 and FMA were detected: only [`Simd::best`] makes it.
#[cfg(target_arch = "x86_64")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Detected(());

impl Simd {
    /// The fastest form this processor has.
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            return Self::Avx2(Detected(()));
        }
        Self::Portable
    }
}

/// A function of a plain loop, `body`, that is compiled a second time with AVX2 and FMA, so that the compiler
/// vectorises it eightfold where they are. `body` and what it calls must be `#[inline(always)]`. (A closure handed to
/// one function with these features stays a function of its own without them, unless it is small.)
macro_rules! vectorised {
    ($(#[$doc:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) = $body:path;) => {
        $(#[$doc])*
        $vis fn $name(simd: Simd, $($arg: $type),*) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn with_avx2($($arg: $type),*) {
                $body($($arg),*);
            }
            match simd {
                Simd::Portable => $body($($arg),*),
                #[cfg(target_arch = "x86_64")]
                // SAFETY: a `Detected` inside the variant proves that AVX2 and FMA are present.
                Simd::Avx2(_) => unsafe { with_avx2($($arg),*) },
            }
        }
    };
}
pub(super) use vectorised;

/// Work in plain loops for whoever is not a kernel; [`wide`] runs it.
pub(crate) trait Wide {
    /// What comes of it.
    type Result;

    /// The work. It and what it calls must be `#[inline(always)]` to gain from [`wide`].
    fn run(self) -> Self::Result;
}

/// Runs `work`, compiled a second time with AVX2 and FMA, which are taken where this processor has them.
pub(crate) fn wide<W: Wide>(work: W) -> W::Result {
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    fn with_avx2<W: Wide>(work: W) -> W::Result {
        work.run()
    }
    match Simd::best() {
        Simd::Portable => work.run(),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a `Detected` inside the variant proves that AVX2 and FMA are present.
        Simd::Avx2(_) => unsafe { with_avx2(work) },
    }
}

/// Arithmetic on eight lanes.
pub(super) trait Lanes: Copy {
    /// # Safety
    /// Eight `f32` must be readable at `from`.
    unsafe fn load(from: *const f32) -> Self;
    /// # Safety
    /// Eight `f32` must be writable at `to`.
    unsafe fn store(self, to: *mut f32);
    fn splat(value: f32) -> Self;
    fn add(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn min(self, other: Self) -> Self;
    fn max(self, other: Self) -> Self;
    /// `self * factor + addend`.
    fn mul_add(self, factor: Self, addend: Self) -> Self;
}

#[derive(Clone, Copy)]
pub(super) struct Array([f32; LANES]);

impl Array {
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        Self(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }
}

impl Lanes for Array {
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller promises eight readable floats; an array of them has their alignment.
        unsafe { Self(from.cast::<[f32; LANES]>().read()) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller promises eight writable floats; an array of them has their alignment.
        unsafe { to.cast::<[f32; LANES]>().write(self.0) }
    }
    #[inline(always)]
    fn splat(value: f32) -> Self {
        Self([value; LANES])
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.zip(other, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn mul_add(self, factor: Self, addend: Self) -> Self {
        Self(std::array::from_fn(|i| {
            self.0[i] * factor.0[i] + addend.0[i]
        }))
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) use avx2::Avx2;

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64 as arch;

    use super::Lanes;

    /// Values of this type are only made inside functions that enable `avx2,fma`, which are only called
    /// with a [`super::Detected`] at hand; so the instructions below exist wherever they run.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Avx2(arch::__m256);

    impl Lanes for Avx2 {
        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: AVX is present (see the type); the caller promises eight readable floats.
            unsafe { Self(arch::_mm256_loadu_ps(from)) }
        }
        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            // SAFETY: AVX is present (see the type); the caller promises eight writable floats.
            unsafe { arch::_mm256_storeu_ps(to, self.0) }
        }
        #[inline(always)]
        fn splat(value: f32) -> Self {
            // SAFETY: AVX is present (see the type).
            unsafe { Self(arch::_mm256_set1_ps(value)) }
        }
        #[inline(always)]
        fn add(self, other: Self) -> Self {
            // SAFETY: AVX is present (see the type).
            unsafe { Self(arch::_mm256_add_ps(self.0, other.0)) }
        }
        #[inline(always)]
        fn mul(self, other: Self) -> Self {
            // SAFETY: AVX is present (see the type).
            unsafe { Self(arch::_mm256_mul_ps(self.0, other.0)) }
        }
        #[inline(always)]
        fn min(self, other: Self) -> Self {
            // SAFETY: AVX is present (see the type).
            unsafe { Self(arch::_mm256_min_ps(self.0, other.0)) }
        }
        #[inline(always)]
        fn max(self, other: Self) -> Self {
            // SAFETY: AVX is present (see the type).
            unsafe { Self(arch::_mm256_max_ps(self.0, other.0)) }
        }
        #[inline(always)]
        fn mul_add(self, factor: Self, addend: Self) -> Self {
            // SAFETY: FMA is present (see the type).
            unsafe { Self(arch::_mm256_fmadd_ps(self.0, factor.0, addend.0)) }
        }
    }
}
