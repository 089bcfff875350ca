//! Eight `f32` at once, as an AVX register or as an array, or sixteen as an AVX-512 register.

/// Least width of a vector; all channel strides are multiples of it.
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

/// Proof that AVX2 and FMA were detected: only [`Simd::best`] makes it. What else was found comes with it.
#[cfg(target_arch = "x86_64")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Detected {
    avx512: Option<Detected512>,
}

#[cfg(target_arch = "x86_64")]
impl Detected {
    /// Proof that vectors of sixteen were detected too, and are worth taking.
    pub(super) fn avx512(self) -> Option<Detected512> {
        self.avx512
    }
}

/// Proof that AVX-512F was detected.
#[cfg(target_arch = "x86_64")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Detected512(());

impl Simd {
    /// The fastest form this processor has.
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            // The first processors with AVX-512 slow down for it; those that have VBMI2 as well do not.
            let sixteen =
                is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vbmi2");
            let avx512 = sixteen.then_some(Detected512(()));
            return Self::Avx2(Detected { avx512 });
        }
        Self::Portable
    }

    /// This form with vectors of eight at most.
    #[cfg(test)]
    pub fn narrow(self) -> Self {
        match self {
            Self::Portable => self,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => Self::Avx2(Detected { avx512: None }),
        }
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

/// Arithmetic on some lanes at once.
pub(super) trait Lanes: Copy {
    /// How many: [`LANES`] or twice as many.
    const WIDTH: usize;
    /// What [`LANES`] lanes are worked on with.
    type Eight: Lanes;

    /// # Safety
    /// `WIDTH` `f32` must be readable at `from`.
    unsafe fn load(from: *const f32) -> Self;
    /// The first [`LANES`] lanes from memory, any others 0.
    ///
    /// # Safety
    /// [`LANES`] `f32` must be readable at `from`.
    unsafe fn load_eight(from: *const f32) -> Self;
    /// # Safety
    /// `WIDTH` `f32` must be writable at `to`.
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
    const WIDTH: usize = LANES;
    type Eight = Self;

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller promises eight readable floats; an array of them has their alignment.
        unsafe { Self(from.cast::<[f32; LANES]>().read()) }
    }
    #[inline(always)]
    unsafe fn load_eight(from: *const f32) -> Self {
        // SAFETY: as for `load`.
        unsafe { Self::load(from) }
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
pub(super) use avx512::Avx512;

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64 as arch;

    use super::{LANES, Lanes};

    /// Values of this type are only made inside functions that enable `avx2,fma`, which are only called
    /// with a [`super::Detected`] at hand; so the instructions below exist wherever they run.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Avx2(arch::__m256);

    impl Lanes for Avx2 {
        const WIDTH: usize = LANES;
        type Eight = Self;

        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: AVX is present (see the type); the caller promises eight readable floats.
            unsafe { Self(arch::_mm256_loadu_ps(from)) }
        }
        #[inline(always)]
        unsafe fn load_eight(from: *const f32) -> Self {
            // SAFETY: as for `load`.
            unsafe { Self::load(from) }
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

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64 as arch;

    use super::{Avx2, LANES, Lanes};

    /// Values of this type are only made inside functions that enable `avx512f`, which are only called
    /// with a [`super::Detected512`] at hand; so the instructions below exist wherever they run.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Avx512(arch::__m512);

    impl Lanes for Avx512 {
        const WIDTH: usize = 2 * LANES;
        type Eight = Avx2;

        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: AVX-512F is present (see the type); the caller promises sixteen readable floats.
            unsafe { Self(arch::_mm512_loadu_ps(from)) }
        }
        #[inline(always)]
        unsafe fn load_eight(from: *const f32) -> Self {
            // SAFETY: AVX-512F is present (see the type); the lanes that the mask leaves out are not read.
            unsafe { Self(arch::_mm512_maskz_loadu_ps(0xff, from)) }
        }
        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            // SAFETY: AVX-512F is present (see the type); the caller promises sixteen writable floats.
            unsafe { arch::_mm512_storeu_ps(to, self.0) }
        }
        #[inline(always)]
        fn splat(value: f32) -> Self {
            // SAFETY: AVX-512F is present (see the type).
            unsafe { Self(arch::_mm512_set1_ps(value)) }
        }
        #[inline(always)]
        fn add(self, other: Self) -> Self {
            // SAFETY: AVX-512F is present (see the type).
            unsafe { Self(arch::_mm512_add_ps(self.0, other.0)) }
        }
        #[inline(always)]
        fn mul(self, other: Self) -> Self {
            // SAFETY: AVX-512F is present (see the type).
            unsafe { Self(arch::_mm512_mul_ps(self.0, other.0)) }
        }
        #[inline(always)]
        fn min(self, other: Self) -> Self {
            // SAFETY: AVX-512F is present (see the type).
            unsafe { Self(arch::_mm512_min_ps(self.0, other.0)) }
        }
        #[inline(always)]
        fn max(self, other: Self) -> Self {
            // SAFETY: AVX-512F is present (see the type).
            unsafe { Self(arch::_mm512_max_ps(self.0, other.0)) }
        }
        #[inline(always)]
        fn mul_add(self, factor: Self, addend: Self) -> Self {
            // SAFETY: AVX-512F is present (see the type).
            unsafe { Self(arch::_mm512_fmadd_ps(self.0, factor.0, addend.0)) }
        }
    }
}
